# /// script
# requires-python = ">=3.11"
# dependencies = ["codecarbon==3.3.2", "scikit-learn==1.9.1"]
# ///
"""Classify images of handwritten digits: what does each model, augmentation, or more images cost, and how good does it get?

The images are scikit-learn's own digits: 1,797 of 8 × 8 pixels. Every model is trained five times, each time from other random
numbers. CodeCarbon notes the energy of each model; the accuracies are written into `quality.csv` beside its log.
"""

import csv
import os
import warnings

os.environ["OMP_NUM_THREADS"] = "1"  # one thread: small matrices are slower on several

import numpy as np
from codecarbon import OfflineEmissionsTracker
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore", category=ConvergenceWarning)  # the networks stop after twenty rounds, as told

SEEDS = range(5)
IMAGES, DIGITS = load_digits(return_X_y=True)
TRAIN, TEST, TRAIN_DIGITS, TEST_DIGITS = train_test_split(IMAGES / 16, DIGITS, test_size=0.25, random_state=0)


def augmented(images, digits):
    """Return the images and four copies of each, moved by one pixel: up, down, left and right."""
    squares = images.reshape(-1, 8, 8)
    moved = [np.roll(squares, step, axis) for step in (-1, 1) for axis in (1, 2)]
    return np.concatenate([squares, *moved]).reshape(-1, 64), np.tile(digits, 5)


def logistic(seed):
    """A line between each digit and the others."""
    return LogisticRegression(C=0.1, max_iter=500, random_state=seed)


def forest(seed):
    """Thirty trees that vote."""
    return RandomForestClassifier(n_estimators=30, random_state=seed)


def small_network(seed):
    """One layer of 16 neurons that sees every image twenty times."""
    return MLPClassifier((16,), max_iter=20, n_iter_no_change=20, learning_rate_init=0.01, random_state=seed)


def large_network(seed):
    """One layer of 128 neurons that sees every image twenty times."""
    return MLPClassifier((128,), max_iter=20, n_iter_no_change=20, learning_rate_init=0.01, random_state=seed)


def measure(tracker, task, name, model, images, digits):
    """Train a model once a seed under the eyes of CodeCarbon; return what is to be written about it."""
    tracker.start_task(name)
    trained = [model(seed).fit(images, digits) for seed in SEEDS]
    tracker.stop_task()
    accuracies = [one.score(TEST, TEST_DIGITS) for one in trained]
    print(f"{name:28} {len(images):6} images, accuracy {np.mean(accuracies):.3f}", flush=True)
    return task, name, len(images), np.mean(accuracies), min(accuracies), max(accuracies)


def main():
    """Measure each model with and without augmentation, then one model on more and more images."""
    tracker = OfflineEmissionsTracker(
        project_name="images", experiment_name="images", country_iso_code="FRA", measure_power_secs=1, log_level="error"
    )
    rows = []
    more_images, more_digits = augmented(TRAIN, TRAIN_DIGITS)
    for model in (logistic, forest, small_network, large_network):
        name = model.__name__.replace("_", "-")
        rows.append(measure(tracker, "digits", name, model, TRAIN, TRAIN_DIGITS))
        rows.append(measure(tracker, "digits", f"{name}-shifted", model, more_images, more_digits))
    for part in (8, 4, 2, 1):
        size = len(TRAIN) // part
        name = f"network-{size}"
        rows.append(measure(tracker, "digits-by-size", name, large_network, TRAIN[:size], TRAIN_DIGITS[:size]))
    tracker.stop()
    with open("quality.csv", "w", newline="", encoding="utf-8") as file:  # noqa: PTH123
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["task", "training", "images", "mean", "lowest", "highest"])
        table.writerows((*row[:3], *(f"{number:.4f}" for number in row[3:])) for row in rows)


if __name__ == "__main__":
    main()
