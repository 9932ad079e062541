"""Benefit set against cost: what is saved, what it costs and when, the nets, and by how much they may be wrong."""
