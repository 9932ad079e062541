"""Prints what the import of two million samples of power costs beside the same sum in plain pandas, and the memory of both.

python benchmarks/importing.py            # two million samples of four accelerators, 216 MB
python benchmarks/importing.py SAMPLES    # so many
"""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, cpu_seconds, environment, peak_megabytes, peak_of_python
from run import PROGRAM, line

ACCELERATORS = 4
START = datetime.datetime(2025, 5, 6, 10)

#: The same energy by a table of pandas: times and watts of all rows, trapezoids by accelerator.
PLAIN = """
import sys
import numpy as np
import pandas as pd
table = pd.read_csv(sys.argv[1], skipinitialspace=True, usecols=["timestamp", "uuid", "power.draw [W]"])
table["time"] = pd.to_datetime(table["timestamp"], format="%Y/%m/%d %H:%M:%S.%f")
table["watts"] = table["power.draw [W]"].str.removesuffix(" W").astype(float)
joules = 0.0
for _, one in table.groupby("uuid"):
    seconds = one["time"].to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6
    joules += np.trapezoid(one["watts"].to_numpy(), seconds)
print(repr(float(joules / 3.6e6)))
"""


def write_samples(path: Path, samples: int) -> None:
    """Write a log of nvidia-smi with so many samples, one a second of each accelerator."""
    with path.open("w", encoding="utf-8") as file:
        file.write("timestamp, index, uuid, name, power.draw [W], utilization.gpu [%]\n")
        for second in range(samples // ACCELERATORS):
            time = (START + datetime.timedelta(seconds=second)).strftime("%Y/%m/%d %H:%M:%S")
            file.writelines(
                f"{time}.{12 + k:03}, {k}, GPU-0000000{k}-1111-2222-3333-444444444444, NVIDIA A100-SXM4-80GB, "
                f"{200 + (second * 7 + k * 13) % 150}.{second % 100:02} W, 97 %\n"
                for k in range(ACCELERATORS)
            )


def printed(*command: str) -> str:
    """Return what a command of Python prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(), capture_output=True, check=True, text=True
    )
    return done.stdout


def main() -> None:
    """Print the table."""
    samples = int(sys.argv[1]) if sys.argv[1:] else 2_000_000
    with tempfile.TemporaryDirectory() as folder:
        log, plain = Path(folder) / "gpu.csv", Path(folder) / "plain.py"
        write_samples(log, samples)
        plain.write_text(PLAIN, encoding="utf-8")
        ours = printed(*PROGRAM, "import", "nvidia-smi", str(log)).partition("energy: {value: ")[2].partition(" ")[0]
        difference = abs(float(ours) / float(printed(str(plain), str(log))) - 1)
        commands = {
            "import": (*PROGRAM, "import", "nvidia-smi", str(log)),
            "pandas": ("-P", str(plain), str(log)),
        }
        found = cpu_seconds(commands, runs=3)
        what = f"import of {samples:,} samples"
        line(what, found["import"] / found["pandas"], "x plain pandas", "at most 2")
        print(f"{what + ', energy against pandas, relative':62} {difference:9.1e} {'':24} at most 1e-12")
        line(f"{what}, memory", peak_megabytes("import", "nvidia-smi", str(log)), "MB", "at most 500")
        line("the same in plain pandas, memory", peak_of_python("-P", str(plain), str(log)), "MB", "")


if __name__ == "__main__":
    main()
