# /// script
# requires-python = ">=3.11"
# dependencies = ["codecarbon==3.3.2"]
# ///
"""Sort lists of growing size in three ways: how do time and energy grow?

Each way sorts the same twenty lists of a size, under the eyes of CodeCarbon.
"""

import random

from codecarbon import OfflineEmissionsTracker

SIZES = (1000, 2000, 4000, 8000)
LISTS = 20


def insertion_sort(numbers):
    """Put each number in its place among those before it: the time grows with the square of the size."""
    for index in range(1, len(numbers)):
        number, place = numbers[index], index
        while place > 0 and numbers[place - 1] > number:
            numbers[place] = numbers[place - 1]
            place -= 1
        numbers[place] = number
    return numbers


def merge_sort(numbers):
    """Sort each half, then merge them: the time grows little more than the size."""
    if len(numbers) < 2:
        return numbers
    middle = len(numbers) // 2
    left, right = merge_sort(numbers[:middle]), merge_sort(numbers[middle:])
    merged, at = [], 0
    for number in left:
        while at < len(right) and right[at] < number:
            merged.append(right[at])
            at += 1
        merged.append(number)
    return merged + right[at:]


def built_in(numbers):
    """Python's own sort, written in C."""
    return sorted(numbers)


def main():
    """Measure each way on each size."""
    tracker = OfflineEmissionsTracker(
        project_name="sorting",
        experiment_name="sorting",
        country_iso_code="FRA",
        measure_power_secs=1,
        log_level="error",
    )
    for sort in (insertion_sort, merge_sort, built_in):
        for size in SIZES:
            chance = random.Random(size)
            lists = [[chance.random() for _ in range(size)] for _ in range(LISTS)]
            right = [sorted(numbers) for numbers in lists]
            tracker.start_task(f"{sort.__name__.replace('_', '-')}-{size}")
            found = [sort(numbers) for numbers in lists]
            data = tracker.stop_task()
            assert found == right
            print(f"{sort.__name__:15} {size:6} numbers, {data.duration:8.3f} s", flush=True)
    tracker.stop()


if __name__ == "__main__":
    main()
