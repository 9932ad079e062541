"""Logs of other tools become drafts of descriptors."""

import importlib

from lca.importers.importer import Importer

#: What each tool's log is, by the name of the tool and of the module that reads it.
LOGS = {
    "codecarbon": "emissions.csv of CodeCarbon",
    "slurm": "jobs by `sacct -P`, with columns in any order",
    "nvidia-smi": "samples of power by `nvidia-smi --query-gpu=timestamp,...,power.draw --format=csv`",
    "dcgm": "samples of power or energy by DCGM's exporter, as Prometheus text or CSV",
    "green-algorithms": "the table that the calculator exports",
    "boamps": "reports by BoAmps 1.1.0, and CodeCarbon's of the same shape",
    "llm-usage": "tokens by OpenAI's organisation usage, OpenTelemetry's spans, vLLM's counters, OpenGateLLM or a table",
    "carbontracker": "…_carbontracker_output.log of carbontracker",
    "eco2ai": "emission.csv of eco2AI",
    "zeus": "windows of Zeus as CSV",
    "cloud-carbon": "emissions of an account by Google Cloud's export from BigQuery, or by AWS's",
    "mlflow": "runs of MLflow as CSV, with their durations and metrics",
    "wandb": "runs of Weights & Biases as CSV, or its samples of accelerators' power",
    "focus": "cloud bills by FOCUS 1.0 to 1.3, and AWS's Cost and Usage Report 2.0, as CSV or Parquet",
}


def importer_of(tool: str) -> Importer:
    """Return what makes drafts of a tool's logs; its module is imported when it is asked for."""
    found: Importer = importlib.import_module(f"{__name__}.{tool.replace('-', '_')}").IMPORTER
    return found
