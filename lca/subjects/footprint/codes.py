"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA403": ("error", "a machine is used for longer than it exists"),
        "LCA501": ("error", "a location is unknown"),
        "LCA502": ("error", "a processor is unknown"),
        "LCA503": ("error", "a factor is missing"),
        "LCA504": ("error", "a factor's year is too far from the activity's"),
        "LCA509": ("error", "the power of a known processor is not in the catalogue"),
        "LCA510": ("error", "a name may mean several things"),
        "LCA511": ("error", "an instance type is unknown"),
        "LCA512": ("error", "a machine contradicts its instance type"),
        "LCA521": ("error", "a language model is unknown"),
        "LCA522": ("error", "the size of a known model is not in the catalogue"),
        "LCA523": ("warning", "the time of a training is estimated from its operations"),
        "LCA601": ("warning", "a factor of another year stands in as a proxy"),
        "LCA602": ("warning", "a factor covers less than the life cycle"),
        "LCA603": ("warning", "the exclusions exceed five per cent of the estimated total"),
        "LCA606": ("warning", "a stage is neither described nor excluded"),
        "LCA608": ("warning", "a substitute factor is used"),
        "LCA615": ("warning", "what is stated of a machine differs from what its instance type is listed with"),
        "LCA621": ("warning", "a line can be read in two ways"),
        "LCA622": ("warning", "something is asked that would change a figure"),
    }
)
