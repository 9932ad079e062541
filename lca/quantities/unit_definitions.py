"""The units that are read, what each is, and how it may be spelled."""

from __future__ import annotations

#: One unit a line: name = definition = further spellings. No prefixes: every multiple that is read stands here. The tests read
#: the same lines with pint, which judges every conversion.
#: A year is 8766 h; a published case that used 8760 h states its lifetime in hours.
DEFINITIONS = """
s = [time] = second = seconds = seconde = secondes = sec
ms = 0.001 * s = millisecond = milliseconds = milliseconde = millisecondes
min = 60 * s = minute = minutes = mn
h = 3600 * s = hour = hours = heure = heures = hr = hrs
d = 86400 * s = day = days = jour = jours = j
week = 604800 * s = weeks = semaine = semaines
month = 2629800 * s = months = mois
year = 31557600 * s = years = yr = a = an = ans = année = années = annee = annees
W = [power] = watt = watts
mW = 0.001 * W
kW = 1000 * W = kilowatt = kilowatts
MW = 1e6 * W
GW = 1e9 * W
J = W * s = joule = joules
kJ = 1000 * J
MJ = 1e6 * J
GJ = 1e9 * J
Wh = W * h
mWh = 0.001 * Wh
kWh = 1000 * Wh
MWh = 1e6 * Wh
GWh = 1e9 * Wh
TWh = 1e12 * Wh
B = [information] = byte = bytes = octet = octets = o
kB = 1e3 * B = ko = Ko = KB
MB = 1e6 * B = Mo
GB = 1e9 * B = Go
TB = 1e12 * B = To
PB = 1e15 * B = Po
MiB = 1048576 * B = Mio
GiB = 1073741824 * B = Gio
TiB = 1099511627776 * B = Tio
bit = 0.125 * B = bits
kbit = 125 * B = kb
Mbit = 125000 * B = Mb
Gbit = 1.25e8 * B = Gb
g = [mass] = gram = grams = gramme = grammes
mg = 0.001 * g
kg = 1000 * g = kilogram = kilograms
t = 1e6 * g = tonne = tonnes
m = [length] = metre = metres
km = 1000 * m
tkm = t * km
cm2 = 0.0001 * m ** 2 = cm²
m2 = m ** 2 = m²
ha = 10000 * m ** 2
km2 = 1e6 * m ** 2 = km²
m3 = m ** 3 = m³
L = 0.001 * m3 = l = litre = litres = liter = liters
mL = 1e-6 * m3 = ml
kL = m3 = kl = kilolitre = kilolitres = kiloliter = kiloliters
hL = 0.1 * m3 = hl = hectolitre = hectolitres
cL = 1e-5 * m3 = cl = centilitre = centilitres
ML = 1000 * m3 = megalitre = megalitres
gCO2e = [gwp100]
mgCO2e = 0.001 * gCO2e
kgCO2e = 1000 * gCO2e
tCO2e = 1e6 * gCO2e
ktCO2e = 1e9 * gCO2e
MtCO2e = 1e12 * gCO2e
lbCO2e = 453.59237 * gCO2e
gSbe = [adpe]
mgSbe = 0.001 * gSbe
kgSbe = 1000 * gSbe
m3_world_eq = [water_scarcity]
piece = [] = pieces = pièce = pièces
EUR = [currency_EUR] = € = euro = euros
USD = [currency_USD] = $
CAD = [currency_CAD]
GBP = [currency_GBP] = £
percent = 0.01 = % = pourcent
pp = 0.01
kEUR = 1000 * EUR = k€ = K€ = keur = KEUR = keuro = keuros
MEUR = 1e6 * EUR = M€ = Meur = Meuro = Meuros
kUSD = 1000 * USD = k$ = K$
MUSD = 1e6 * USD = M$
kCAD = 1000 * CAD
MCAD = 1e6 * CAD
kGBP = 1000 * GBP = k£ = K£
MGBP = 1e6 * GBP = M£
"""
