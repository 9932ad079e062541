"""The footprint: activities, their flows, and the impacts of these."""
