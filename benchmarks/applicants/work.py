"""How applicants work: on servers of their own, in clouds, by interfaces, on a national centre, on people's devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from applicants.applicant import Applicant
from applicants.text import Tree

OF_DATA = ("collection", "transfer", "storage")
STAGES = (*OF_DATA, "training", "experiments", "inference", "equipment")
ACCELERATORS = (
    "NVIDIA A100 SXM4 80 GB",
    "NVIDIA A100 PCIe 40 GB",
    "NVIDIA H100 SXM5 80GB",
    "NVIDIA L4",
    "NVIDIA Tesla T4",
    "NVIDIA GeForce RTX 3090",
    "NVIDIA GeForce RTX 4090",
)
#: A provider with one of its regions, and instance types of it that the catalogue knows.
CLOUDS = (
    ("aws", "eu-west-3", ("g5.xlarge", "g4dn.xlarge", "p4d.24xlarge")),
    ("aws", "eu-west-1", ("g5.xlarge", "g4dn.12xlarge", "p4d.24xlarge")),
    ("azure", "westeurope", ("Standard_NC24ads_A100_v4", "Standard_ND96asr_v4", "Standard_D8as_v5")),
    ("gcp", "europe-west1", ("a2-highgpu-1g", "a2-highgpu-2g", "a2-highgpu-8g")),
    ("scaleway", "fr-par", ("H100-1-80G", "L4-1-24G")),
)
INTERFACES = (
    ("openai", "gpt-4o-mini"),
    ("openai", "gpt-4o"),
    ("anthropic", "claude-3-5-sonnet-20241022"),
    ("mistral", "mistral-medium-2508"),
    ("google", "gemini-2.5-flash"),
)
CENTRES = {"fr": ("jean-zay", "jean-zay", "jean-zay", "tgcc"), "en": ("jean-zay", "lumi", "snellius", "leonardo")}
#: How a service is described, and how often.
SERVICES = {"none": 25.0, "shared": 35.0, "kept": 12.0, "measured": 18.0, "task": 10.0}
TOOLS = (
    ("codecarbon", "3.0.4"),
    ("codecarbon", "2.8.2"),
    ("carbontracker", "2.0.1"),
    ("zeus", "0.11.0"),
    ("slurm", "23.11"),
)


def own_site(a: Applicant, tree: Tree) -> str:
    """Add a place of the applicant's own and return its key."""
    key = a.words.say("site-key")
    site: Tree = {"location": a.location}
    if a.draw.chance(0.2):
        site["kind"] = "office"
    elif a.draw.chance(0.8):
        site["pue"] = round(a.draw.uniform(1.1, 1.9), 2)
        if a.draw.chance(0.3):
            site["pue"] = {"value": site["pue"], "evidence": "measured", "source": a.words.say("source")}
    if "money" in tree and a.draw.chance(0.5):
        site["price"] = f"{a.draw.uniform(0.11, 0.32):.2f} EUR/kWh"
    if a.draw.chance(0.15):
        site["wue"] = f"{a.draw.uniform(0.1, 1.8):.2f} L/kWh"
    tree.setdefault("sites", {})[key] = site
    return key


def _machine(a: Applicant, tree: Tree, machine: Tree) -> str:
    key = a.words.say("machine-key")
    tree.setdefault("machines", {})[key] = machine
    return key


def _server(a: Applicant, tree: Tree) -> str:
    count = a.draw.choice((1, 1, 2, 4, 8))
    machine: Tree = {"site": own_site(a, tree), "gpu": {"model": a.draw.choice(ACCELERATORS), "count": count}}
    if a.draw.chance(0.4):
        machine |= {"lifetime": f"{a.draw.randint(5, 8)} year", "utilisation": a.draw.choice((0.3, 0.4, 0.5, 0.6))}
    if "money" in tree:
        machine["price"] = f"{int(a.draw.around(4000, 24000)) * count} EUR"
    return _machine(a, tree, machine)


def _trained(a: Applicant, tree: Tree, on: str, fine_tuned: bool = False) -> None:
    """Add trainings on a machine, and the runs before them."""
    gpus = tree["machines"][on].get("gpu", {}).get("count")
    count = a.draw.randint(1, 2) + a.bulk // 2
    for number in range(count):
        hours = a.draw.around(4, 60 if fine_tuned or count > 4 else 240)
        run: Tree = {"on": on, "duration": a.quantity(hours, "h")}
        if gpus and a.draw.chance(0.4):
            run["duration"] = f"{hours * gpus:.10g} GPU h"
        elif a.draw.chance(0.3):
            run["gpu_load" if gpus else "cpu_load"] = a.draw.choice((0.6, 0.7, 0.8, 0.9, 1))
        if fine_tuned:
            base = {
                "name": f"{a.draw.choice((7, 8, 9, 13, 24))}B",
                "rule": "excluded",
                "reason": a.words.say("base-reason"),
            }
            run |= {"kind": "fine-tuning", "base_model": base}
        if a.draw.chance(0.4):
            run["note"] = a.words.say("note")
        tree.setdefault("training", {})[f"{a.words.say('training-key')}-{number + 1}"] = run
    _tried(a, tree)


def _tried(a: Applicant, tree: Tree) -> None:
    count = 1 + a.bulk // 2
    for number, repeated in zip(range(count), list(tree["training"]) * 2, strict=False):
        runs: Tree = {"repeats": f"training.{repeated}", "runs": a.draw.randint(3, 4 + 40 // count)}
        runs["relative_duration"] = a.draw.choice((0.05, 0.1, 0.1, 0.2) if count > 4 else (0.1, 0.2, 0.5))
        tree.setdefault("experiments", {})[f"series-{number + 1}"] = runs | {"reason": a.words.say("experiments")}


def _served(a: Applicant, tree: Tree, on: str, forms: Mapping[str, float] = SERVICES) -> None:
    """Add a service on a machine: shared, kept for it, measured, or of a class of task."""
    form = a.draw.weighted(forms)
    if form == "none":
        return
    volume = int(a.draw.around(20, 20000))
    service: Tree = {"volume": a.quantity(volume, f"{a.noun}/day"), "duration": f"{a.years} year"}
    if form == "shared":
        service |= {"on": on, "time_per_request": a.quantity(min(a.draw.around(0.02, 3), round(9000 / volume, 3)), "s")}
    elif form == "kept":
        service["duration"] = f"{max(1, min(3, a.years - 1))} year"
        service |= {"reserved": on, "time_per_request": f"{a.draw.randint(5, 900)} ms"}
    elif form == "measured":
        unit = f"Wh/{a.noun}"
        service |= {
            "site": tree["machines"][on]["site"],
            "energy_per_request": a.quantity(a.draw.around(0.02, 4), unit),
        }
    else:
        task = a.draw.choice(("image-classification", "summarisation", "text-classification", "object-detection"))
        service |= {"site": tree["machines"][on]["site"], "task": task}
    if a.draw.chance(0.3):
        service["network"] = {"volume": f"{a.draw.randint(10, 900)} kB", "kind": a.draw.choice(("fixed", "mobile"))}
    tree["inference"] = {a.words.say("service-key"): service}


def own_servers(a: Applicant, tree: Tree) -> None:
    """Train and serve on servers of the applicant's own."""
    server = _server(a, tree)
    _trained(a, tree, server)
    _served(a, tree, server)


def cloud(a: Applicant, tree: Tree) -> None:
    """Train and serve on cloud instances, by their names."""
    provider, region, instances = a.draw.choice(CLOUDS)
    tree["sites"] = {a.words.say("site-key"): {"provider": provider, "region": region}}
    machine: Tree = {"site": next(iter(tree["sites"])), "instance": a.draw.choice(instances)}
    if "money" in tree:
        machine["rent"] = f"{a.draw.uniform(0.4, 32):.2f} EUR/h"
    rented = _machine(a, tree, machine)
    _trained(a, tree, rented, fine_tuned=a.draw.chance(0.4))
    _served(a, tree, rented)


def interface(a: Applicant, tree: Tree) -> None:
    """Ask models of others by the token."""
    tree["inference"] = {}
    for number in range(1 + a.bulk // 2):
        provider, model = a.draw.choice(INTERFACES)
        api: Tree = {"provider": provider, "model": model, "input": a.quantity(int(a.draw.around(100, 6000)), "token")}
        api |= {"output": a.quantity(int(a.draw.around(20, 900)), "token"), "region": "unknown"}
        service: Tree = {
            "volume": a.quantity(int(a.draw.around(20, 9000)), f"{a.noun}/day"),
            "duration": f"{a.years} year",
        }
        tree["inference"][f"{a.words.say('service-key')}-{number + 1}"] = service | {"api": api}


def national_centre(a: Applicant, tree: Tree) -> None:
    """Fine-tune on a centre of a country, and serve on a small server."""
    gpu = a.draw.choice(("NVIDIA H100 SXM5 80GB", "NVIDIA A100 SXM4 80 GB"))
    node = {"site": a.draw.choice(CENTRES[a.language]), "gpu": {"model": gpu, "count": 4}}
    tree["machines"] = {"allocation": node}
    _trained(a, tree, "allocation", fine_tuned=True)
    if a.draw.chance(0.6):
        _served(a, tree, _server(a, tree), {"shared": 70, "kept": 30})


def measured(a: Applicant, tree: Tree) -> None:
    """State what tools measured, run by run."""
    site, (tool, version) = own_site(a, tree), a.draw.choice(TOOLS)
    for number in range(a.draw.randint(3, 10) + 3 * a.bulk):
        energy = a.draw.around(0.02, 90)
        by = {"tool": tool, "version": version, "gwp100": f"{energy * 0.056:.5g} kgCO2e"}
        source = f"{tool} {version}, run {a.draw.getrandbits(32):08x}"
        stated = {"value": f"{energy * a.draw.uniform(0.9, 1):.6g} kWh", "evidence": "measured", "source": source}
        stage, month = "training" if number == 0 else "experiments", a.month()
        run: Tree = {"energy": stated, "site": site, "measured_by": by, "period": {"start": month, "end": month}}
        tree.setdefault(stage, {})[f"run-{number + 1}"] = run


def federated(a: Applicant, tree: Tree) -> None:
    """Train on people's devices, with a server that joins the models."""
    site = own_site(a, tree)
    server = _machine(a, tree, {"site": site, "host": "server", "power": a.quantity(int(a.draw.around(120, 400)), "W")})
    phone = a.words.say("phone-key")
    tree["devices"] = {phone: {"kind": "smartphone", "power": f"{a.draw.randint(2, 5)} W"}}
    together: Tree = {"clients": a.draw.randint(10, 900), "rounds": a.draw.randint(20, 400)}
    together |= {"local_time": a.quantity(a.draw.randint(15, 240), "s"), "device": phone}
    together |= {"model_size": f"{a.draw.randint(2, 90)} MB", "network": a.draw.choice(("fixed", "mobile"))}
    together |= {"client_location": a.location, "server": server, "server_time": f"{a.draw.randint(1, 30)} h"}
    tree["training"] = {a.words.say("training-key"): {"federated": together}}
    _served(a, tree, server)


def quality(a: Applicant, tree: Tree) -> None:
    """Set trainings of one task against each other: what a point of quality costs."""
    server = _server(a, tree)
    examples, reached, hours = int(a.draw.around(400, 9000)), a.draw.uniform(0.6, 0.8), a.draw.around(0.5, 4)
    metric = a.draw.choice(("accuracy", "f1", "auc"))
    for number in range(min(60, a.draw.randint(4, 9) + 2 * a.bulk)):
        judged: Tree = {"task": "choice", "metric": metric, "value": round(reached, 4)}
        if a.draw.chance(0.4):
            between = [round(reached * 0.98, 4), round(min(0.9999, reached * 1.005), 4)]
            judged["value"] = {"value": round(reached, 4), "range95": between, "evidence": "measured"}
            judged["value"]["source"] = a.words.say("source")
        run: Tree = {"on": server, "duration": a.quantity(float(f"{hours:.3g}"), "h")}
        run["quality"] = judged | {"training_set": f"{examples} example"}
        tree.setdefault("training", {})[f"size-{number + 1}"] = run
        reached += (0.99 - reached) * a.draw.uniform(0.02, 0.3)
        hours *= a.draw.uniform(1.02, 1.2) if number < 12 else 1.0
        examples = int(examples * a.draw.uniform(1.05, 1.4))


def minimal(a: Applicant, tree: Tree) -> None:
    """Say as little as the format allows."""
    server = _server(a, tree)
    tree["training"] = {a.words.say("training-key"): {"on": server, "duration": f"{a.draw.randint(5, 90)} h"}}


def _place(a: Applicant, tree: Tree) -> str:
    """Return where data lie: at the first place that is described, or where the machines are; else at a place of one's own."""
    if "sites" in tree:
        return str(next(iter(tree["sites"])))
    return str(tree["machines"]["allocation"]["site"]) if "machines" in tree else own_site(a, tree)


def _data(a: Applicant, tree: Tree) -> None:
    """Add where the data come from, how they travel and where they lie."""
    key = a.words.say("data-key")
    if a.draw.chance(0.35):
        desk = a.words.say("desk-key")
        tree.setdefault("devices", {})[desk] = {"kind": "laptop"}
        hours = {
            "kind": "annotation",
            "device": desk,
            "hours": a.quantity(a.draw.randint(20, 900), "h"),
            "site": _place(a, tree),
        }
        tree["collection"] = {key: hours}
    if a.draw.chance(0.5):
        volume = {"volume": a.quantity(int(a.draw.around(10, 9000)), "GB"), "network": "fixed", "site": _place(a, tree)}
        tree["transfer"] = {key: volume}
    if a.draw.chance(0.6):
        kept = {"volume": a.quantity(a.draw.around(0.1, 40), "TB"), "duration": f"{a.years} year", "medium": "hdd"}
        tree["storage"] = {key: kept | {"copies": a.draw.choice((1, 2, 3)), "site": _place(a, tree)}}
    if a.draw.chance(0.25):
        device = a.words.say("device-key")
        kind = {"kind": a.draw.choice(("tablet", "smartphone", "laptop"))}
        tree.setdefault("devices", {})[device] = kind
        used = {"device": device, "count": a.draw.randint(2, 200), "duration": f"{a.years} year"}
        tree["equipment"] = {device: used}


WAYS: dict[str, Callable[[Applicant, Tree], None]] = {
    "own-servers": own_servers,
    "cloud": cloud,
    "interface": interface,
    "national-centre": national_centre,
    "measured": measured,
    "federated": federated,
    "quality": quality,
    "minimal": minimal,
}


def describe(a: Applicant, tree: Tree, silent: bool = False) -> None:
    """Add the stages of a study by the applicant's way of working; who is silent says nothing of data and equipment."""
    WAYS[a.way](a, tree)
    if not silent:
        _data(a, tree)
