"""Some forty seconds of real work on a processor, measured by one tool: `python make.py TOOL` where that tool is installed.

The work trains forests on the digits that scikit-learn ships, again and again. Logs are written into the folder it runs in.
"""

import sys
import time
from importlib import import_module  # each tool has an environment of its own, and none is a dependency


def work(seconds: float) -> None:
    """Train forests for so many seconds."""
    forest = import_module("sklearn.ensemble").RandomForestClassifier
    images, digits = import_module("sklearn.datasets").load_digits(return_X_y=True)
    end, seed = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        forest(n_estimators=100, random_state=seed, n_jobs=-1).fit(images, digits)
        seed += 1


def codecarbon() -> None:
    """Measure one run, then two tasks of another one; version 3 writes a report in the form of BoAmps of the first besides."""
    module = import_module("codecarbon")
    place = {"country_iso_code": "FRA", "measure_power_secs": 5, "log_level": "error"}
    report = {}
    if hasattr(module, "OutputMethod"):
        algorithm = {"algorithmName": "random forest", "framework": "scikit-learn"}
        dataset = {"dataUsage": "input", "dataType": "image", "dataQuantity": 1797}
        task = {
            "taskStage": "training",
            "taskFamily": "image classification",
            "algorithms": [algorithm],
            "dataset": [dataset],
        }
        report = {"output_methods": [module.OutputMethod.CSV, module.OutputMethod.BOAMPS], "metadata": {"task": task}}
    with module.OfflineEmissionsTracker(project_name="digits", **place, **report):
        work(20)
    tracker = module.OfflineEmissionsTracker(project_name="digits", experiment_name="sizes", **place)
    for name in ("shallow", "deep"):
        tracker.start_task(name)
        work(10)
        tracker.stop_task()
    tracker.stop()


def carbontracker() -> None:
    """Measure three epochs of ten seconds."""
    tracker = import_module("carbontracker.tracker").CarbonTracker(epochs=3, log_dir=".", log_file_prefix="digits")
    for _ in range(3):
        tracker.epoch_start()
        work(10)
        tracker.epoch_end()
    tracker.stop()


def eco2ai() -> None:
    """Measure one run of which a region is stated, then two epochs of another one."""
    new = import_module("eco2ai").Tracker
    common = {"project_name": "digits", "file_name": "emission.csv", "alpha_2_code": "FR", "measure_period": 5}
    whole = new(experiment_description="forest", emission_level=50, region="Bretagne", **common)
    whole.start()
    work(20)
    whole.stop()
    epochs = new(experiment_description="epochs", **common)
    epochs.start_training()
    for seed in range(2):
        work(10)
        epochs.new_epoch({"seed": seed})
    epochs.stop_training()


if __name__ == "__main__":
    {"codecarbon": codecarbon, "carbontracker": carbontracker, "eco2ai": eco2ai}[sys.argv[1]]()
