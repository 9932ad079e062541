"""What a reader may change in the page itself: the controls, and the trees under the figures that they move, as data."""
