"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

CODES = {
    "LCA801": ("warning", "a text makes a generic environmental claim"),
    "LCA802": ("warning", "a text claims of the whole what concerns a part"),
    "LCA803": ("warning", "a text claims a neutral, reduced or positive impact by offsets"),
    "LCA804": ("warning", "a text presents as a merit what the law demands of all"),
    "LCA805": ("warning", "a text displays a label without certification"),
    "LCA806": ("warning", "a text claims alignment or conformity"),
    "LCA807": ("warning", "a text promises future performance without a plan"),
    "LCA808": ("warning", "a text gives a net figure without its parts"),
    "LCA809": ("warning", "a text claims that there is no impact"),
    "LCA810": ("warning", "a text uses words of neutrality that French advertising law restricts"),
    "LCA811": (
        "warning",
        "a text uses the word that `frugal_ai` stands for without evidence for its three conditions",
    ),
    "LCA812": ("warning", "a text deducts avoided emissions from the footprint"),
    "LCA821": ("warning", "a benefit's reference scenario has no figures"),
    "LCA822": ("warning", "a benefit's reference names no alternative without AI"),
    "LCA823": ("warning", "inference, experiments or equipment are neither counted nor excluded with a reason"),
    "LCA824": ("warning", "a benefit counts no rebound and gives no reason"),
    "LCA825": ("warning", "a benefit is counted for longer than the cost"),
    "LCA826": ("warning", "a benefit is known less well than the cost"),
    "LCA827": ("warning", "the whole of an effect is attributed to the project"),
    "LCA828": ("warning", "a benefit counts its full effect from the first day"),
    "LCA829": ("warning", "an effect rests on an expert's word"),
    "LCA830": ("warning", "offsets are counted as a benefit or as a reduction"),
    "LCA831": ("warning", "a market-based electricity factor enters the headline"),
    "LCA832": ("warning", "an effect is called a pilot or measured without what makes it one"),
    "LCA833": ("warning", "a reference stays the same for more than three years"),
    "LCA834": ("warning", "a range is narrower than its evidence allows, and no file supports it"),
    "LCA835": ("warning", "harms or what others must install are neither described nor ruled out"),
    "LCA836": ("warning", "a credible alternative does not say what it would avoid"),
}

register(CODES, strict=CODES)
