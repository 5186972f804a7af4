"""Keeps one Triton busy in three ways, in turns, and prints images a second, CPU time and ratios; see README.md."""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import confluent_kafka as kafka

import bare_loop
import work
from servers import ROOT, Servers

MODELS = {"waiting": (4000, 32), "tiny": (6000, 32), "sampler": (160, 8)}
"""Images a turn, and samples that (a) and (b) keep in flight: enough for four batches of eight; for the sampler, which draws one
after the other, more would only wait."""
MIX = {"waiting": 2000, "tiny": 2000, "slow": 320}
"""Images that our worker makes of each model, three times in turns, before all else: while the JVM's compiler watches which way the code
goes. What has seen fast models alone is compiled for those, and anew, in bursts, once a slow one makes its threads wait, its leases age
and, after a minute, its members leave the share group."""
QUIET, QUIET_TURNS, MOST_TURNS = 0.1, 2, 20
"""Our worker is warmed up with turns of the model until the JVM's compiler has taken at most this part of its CPU time in so many of them
on end, since a worker runs for hours; in so many turns at most. The Python one, which compiles nothing, is given half a turn."""

TARGETS = {"waiting": ("images/s, ours to bare loop", 0.95), "tiny": ("images/s, ours to Python worker", 2.0),
           "sampler": ("images/s, ours to bare loop", 0.97)}
MOST_CPU = 0.5
JAVA = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=70", "-XX:-UsePerfData",
        "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=1000"]


class Installation:
    """The topics of one worker: requests go in, image events are counted."""

    def __init__(self, servers, prefix):
        self.prefix = prefix
        servers.install(prefix)
        self.wire = work.Wire(servers.registry)
        self.encode = self.wire.encoder(f"{prefix}generation.requests-value")
        self.producer = kafka.Producer({"bootstrap.servers": servers.broker, "acks": "all", "linger.ms": 20})
        self.consumer = kafka.Consumer({"bootstrap.servers": servers.broker, "group.id": prefix + "count",
                                        "enable.auto.commit": False, "auto.offset.reset": "earliest"})
        topic = prefix + "images"
        partitions = self.consumer.list_topics(topic, 10).topics[topic].partitions
        self.consumer.assign([kafka.TopicPartition(topic, number, 0) for number in partitions])
        self.next = 0

    def prepare(self, model, count, side):
        """Values of the next requests, made before the clock runs."""
        first, self.next = self.next, self.next + count
        values = []
        for index in range(first, first + count):
            event = work.request(model, index, {"side": side})
            values.append((event["request"], self.encode(event)))
        return values

    def run(self, values, process):
        """Publishes and counts; returns images a second, CPU seconds a thousand images, and how many of those a JVM compiled for.

        All are taken from the first tenth of the images to the last of them, so that neither the first fetch counts nor the wait for
        the last batch to fill. Events are not parsed, not to take CPU from the worker.
        """
        for number, (key, value) in enumerate(values):
            self.producer.produce(self.prefix + "generation.requests", value, key, partition=number % 64)
            if number % 1000 == 999:
                self.producer.poll(0)
        self.producer.flush()

        def look():
            return seen, time.perf_counter(), process.cpu_seconds(), process.compiler_seconds()

        seen, first, deadline = 0, None, time.monotonic() + 300
        while seen < len(values):
            seen += len(self.consumer.consume(1000, 0.05))
            if first is None and seen >= len(values) / 10:
                first = look()
            if time.monotonic() > deadline or process.process.poll() is not None:
                raise SystemExit(f"{process.name}: expected {len(values)} images, found {seen}; see {process.log}")
        images, seconds, cpu, compiler = (end - begin for begin, end in zip(first, look()))
        # A warm-up of a few images may end in one look.
        return (images / seconds, 1000 * cpu / images, 1000 * compiler / images) if images else (0.0, 0.0, 0.0)


def warm_up(worker, process, model, count, side):
    quiet = 0
    for turn in range(1, MOST_TURNS + 1):
        _, cpu, compiler = worker.run(worker.prepare(model, count, side), process)
        quiet = quiet + 1 if compiler <= QUIET * cpu else 0
        if quiet == QUIET_TURNS:
            print(f"{model:8} our worker's compiler is quiet after {turn} turns", flush=True)
            return
    print(f"{model:8} our worker's compiler still took {compiler:.3f} of {cpu:.3f} CPU-s/1000 after {turn} turns", flush=True)


def measure(servers, model, count, in_flight, rounds, python, ours, processes, report):
    side = sampler_side(servers, model)
    python.run(python.prepare(model, max(8, count // 2), side), processes["python"])
    warm_up(ours, processes["ours"], model, count, side)
    rows = {name: [] for name in "abc"}
    for _ in range(rounds):
        rows["a"].append((bare_loop.images_per_second(servers.triton, model, count, in_flight), None))
        for name, installation, process in (("b", python, processes["python"]), ("c", ours, processes["ours"])):
            values = installation.prepare(model, count, side)
            rows[name].append(installation.run(values, process))
    speed = {name: statistics.median(row[0] for row in values) for name, values in rows.items()}
    cpu = {name: statistics.median(row[1] for row in rows[name]) for name in "bc"}
    report(model, rows, speed, cpu)
    return rows, speed, cpu


def mix(servers, ours, process):
    for model in 3 * list(MIX):
        ours.run(ours.prepare(model, MIX[model], sampler_side(servers, model)), process)


def sampler_side(servers, model):
    import tritonclient.grpc as grpc

    metadata = grpc.InferenceServerClient(servers.triton).get_model_metadata(model, "1", as_json=True)
    return int(next(tensor for tensor in metadata["outputs"] if tensor["name"] == "image")["shape"][-1])


def show(model, rows, speed, cpu):
    def spread(values):
        return f"{min(values):.1f} to {max(values):.1f}"

    names = {"a": "bare loop", "b": "Python worker", "c": "our worker"}
    for name, values in rows.items():
        line = f"{model:8} {names[name]:14} {speed[name]:8.1f} images/s ({spread([v[0] for v in values])})"
        if name != "a":
            line += f"  {cpu[name]:6.3f} CPU-s/1000 ({spread([v[1] for v in values])})"
        if name == "c":
            line += f", compiler {statistics.median(v[2] for v in values):.3f} ({spread([v[2] for v in values])})"
        print(line, flush=True)
    print(f"{model:8} ours/bare loop {speed['c'] / speed['a']:.3f}  ours/Python {speed['c'] / speed['b']:.3f}"
          f"  CPU ours/Python {cpu['c'] / cpu['b']:.3f}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--models", default=",".join(MODELS), help="of " + ", ".join(MODELS))
    arguments.add_argument("--rounds", type=int, default=5, help="turns of each way")
    arguments.add_argument("--scale", type=float, default=1, help="times as many images a turn")
    arguments.add_argument("--setting", action="append", default=[], metavar="KEY=VALUE", help="of our worker")
    arguments.add_argument("--java", action="append", default=[], metavar="OPTION", help="of our worker's JVM")
    arguments.add_argument("--json", type=Path, help="write the figures there as well")
    arguments.add_argument("--keep", action="store_true", help="leave logs and files where they are")
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-generate-", dir=ROOT / ".synthray"))
    servers, missed, figures = None, [], {}
    try:
        servers = Servers(folder)
        python, ours = Installation(servers, "python."), Installation(servers, "ours.")
        processes = {
            "python": servers.python_worker("python.", sys.executable, 32),
            "ours": servers.our_worker("ours.", dict(pair.split("=", 1) for pair in options.setting), [*JAVA, *options.java]),
        }
        mix(servers, ours, processes["ours"])
        for model in options.models.split(","):
            count, in_flight = MODELS[model]
            rows, speed, cpu = measure(servers, model, int(count * options.scale), in_flight, options.rounds, python, ours, processes, show)
            figures[model] = {"images_per_second": speed, "cpu_seconds_per_1000": cpu, "rounds": rows}
            what, least = TARGETS[model]
            ratio = speed["c"] / speed["b" if model == "tiny" else "a"]
            if ratio < least:
                missed.append(f"{model}: {what}: expected {least} or more, found {ratio:.3f}")
            if cpu["c"] > MOST_CPU * cpu["b"]:
                missed.append(f"{model}: CPU an image, ours to Python worker: expected {MOST_CPU} or less, found {cpu['c'] / cpu['b']:.3f}")
    finally:
        if servers is not None:
            servers.stop()
        if not options.keep:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"logs: {folder}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    for line in missed:
        print("MISSED " + line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
