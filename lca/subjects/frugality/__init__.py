"""The frugality panel: how much is used, beside known marks."""
