"""One charge of a cloud bill, by FOCUS or by AWS's own report: what was used, how much of it, where, when, and what it cost."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from lca.importers.importer import Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.problems import Problem

#: Columns of FOCUS 1.0 to 1.3 (https://focus.finops.org); those that begin with `x_` are a provider's own.
FOCUS = Layout(
    "FOCUS",
    ("BilledCost", "BillingCurrency", "ChargePeriodStart", "ChargePeriodEnd", "ServiceName"),
    (
        *("ChargeCategory", "ChargeClass", "ChargeDescription", "CommitmentDiscountStatus", "ConsumedQuantity"),
        *("ConsumedUnit", "EffectiveCost", "HostProviderName", "PricingQuantity", "PricingUnit", "ProviderName"),
        *("PublisherName", "RegionId", "ServiceCategory", "ServiceProviderName", "SkuMeter", "SkuPriceDetails"),
        *("x_SkuMeterName", "x_UsageType"),
    ),
    "FOCUS writes a row for each charge: `BilledCost,BillingCurrency,ChargePeriodStart,...`",
)
#: Columns of AWS's Cost and Usage Report 2.0.
CUR = Layout(
    "AWS CUR 2.0",
    ("line_item_usage_amount", "line_item_unblended_cost", "line_item_currency_code", "line_item_usage_start_date"),
    (
        *("line_item_usage_end_date", "line_item_line_item_type", "line_item_line_item_description"),
        *("line_item_product_code", "line_item_usage_type", "pricing_unit", "product_instance_type"),
        *("product_region_code", "product_servicecode", "product_product_family"),
    ),
    "AWS writes a row for each charge: `line_item_usage_amount,line_item_unblended_cost,...`",
)
_PROVIDERS = ("ServiceProviderName", "HostProviderName", "ProviderName", "PublisherName")
#: Charges of what was used; all others are taxes, credits, fees and purchases.
_USED = ("", "Usage", "DiscountedUsage", "SavingsPlanCoveredUsage")
#: A commitment paid for these: the price of one is taken back by the other.
_TAKEN_BACK = ("SavingsPlanCoveredUsage", "SavingsPlanNegation")
_UNIT = re.compile(r"(?:(\d[\d,.]*)([KkMm]?)\s+)?(.+)")
_TIMES = {"": 1, "K": 1000, "M": 1_000_000}


class Charge(Struct, frozen=True):
    """One row of a bill. `words` is what it says of the thing itself, `details` the properties of its price, by name.

    `quantity` is None, and `unit` empty, where nothing was used or the row does not say how much; `effective` is the cost with
    its share of what was paid in advance.
    """

    log: Log
    row: Row
    provider: str
    region: str
    service: str
    began: datetime.datetime
    ended: datetime.datetime
    cost: Decimal
    currency: str
    is_usage: bool
    quantity: Decimal | None = None
    unit: str = ""
    effective: Decimal | None = None
    words: tuple[str, ...] = ()
    details: Mapping[str, str] = {}
    instance: str = ""


def charge_of_focus(log: Log, row: Row, problems: list[Problem]) -> Charge | None:
    """Return a row of FOCUS, None where it cannot be read."""
    before, cells = len(problems), Cells(row, problems, "FOCUS")
    cost, effective = cells.number("BilledCost", None), cells.optional("EffectiveCost", None)
    began, ended = cells.time("ChargePeriodStart"), cells.time("ChargePeriodEnd")
    is_correction = row.cell("ChargeClass") == "Correction"
    is_usage = row.cell("ChargeCategory") in ("Usage", "") and row.cell("CommitmentDiscountStatus") != "Unused"
    least = None if is_correction or not is_usage else Decimal(0)
    consumed, priced = (cells.unless_empty(f"{name}Quantity", least) for name in ("Consumed", "Pricing"))
    details = _details(row, problems)
    if len(problems) > before or cost is None or began is None or ended is None:
        return None
    if ended < began:
        problems.append(_backwards(row, "ChargePeriodEnd"))
        return None
    is_consumed = consumed is not None and bool(row.cell("ConsumedUnit"))
    amount, unit = _plain(
        consumed if is_consumed else priced, row.cell("ConsumedUnit" if is_consumed else "PricingUnit")
    )
    names = ("SkuMeter", "x_SkuMeterName", "x_UsageType", "ChargeDescription", "ServiceCategory")
    return Charge(
        log,
        row,
        next((row.cell(name) for name in _PROVIDERS if row.cell(name)), ""),
        row.cell("RegionId"),
        row.cell("ServiceName"),
        began,
        ended,
        cost,
        row.cell("BillingCurrency").upper(),
        is_usage,
        amount if is_usage else None,
        unit,
        effective,
        tuple(row.cell(name) for name in names if row.cell(name)),
        details,
        details.get("InstanceType", ""),
    )


def charge_of_cur(log: Log, row: Row, problems: list[Problem]) -> Charge | None:
    """Return a row of AWS's report, None where it cannot be read."""
    before, cells = len(problems), Cells(row, problems, "AWS")
    kind = row.cell("line_item_line_item_type")
    is_usage = kind in _USED
    cost = cells.number("line_item_unblended_cost", None)
    amount = cells.unless_empty("line_item_usage_amount", Decimal(0) if is_usage else None)
    began = cells.time("line_item_usage_start_date")
    ended = cells.time("line_item_usage_end_date") if row.cell("line_item_usage_end_date") else began
    if len(problems) > before or cost is None or began is None or ended is None:
        return None
    if ended < began:
        problems.append(_backwards(row, "line_item_usage_end_date"))
        return None
    amount, unit = _plain(amount, row.cell("pricing_unit"))
    names = ("line_item_usage_type", "line_item_line_item_description", "product_product_family")
    return Charge(
        log,
        row,
        "aws",
        row.cell("product_region_code"),
        row.cell("product_servicecode") or row.cell("line_item_product_code"),
        began,
        ended,
        Decimal(0) if kind in _TAKEN_BACK else cost,
        row.cell("line_item_currency_code").upper(),
        is_usage,
        amount if is_usage else None,
        unit,
        None,
        tuple(row.cell(name) for name in names if row.cell(name)),
        {},
        row.cell("product_instance_type"),
    )


def _details(row: Row, problems: list[Problem]) -> Mapping[str, str]:
    """Return the properties of a price, which stand in one cell as JSON."""
    text = row.cell("SkuPriceDetails")
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        message = "SkuPriceDetails: the text is no JSON"
        problems.append(Problem(row.place("SkuPriceDetails"), "LCA205", message, "is the file cut off?"))
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _plain(amount: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """Return an amount with the number that stands before its unit, as in `1000000 Tokens`, and the unit without it."""
    found = _UNIT.fullmatch(unit.strip())
    if amount is None or found is None:
        return None, ""
    number = (found[1] or "1").replace(",", "")
    if number.count(".") > 1 or not number.strip("."):
        return None, ""
    return amount * Decimal(number) * _TIMES[(found[2] or "").upper()], found[3].strip()


def _backwards(row: Row, column: str) -> Problem:
    message = f"{column} is before the charge began: the clock went back"
    return Problem(row.place(column), "LCA405", message, "write all times in one zone")
