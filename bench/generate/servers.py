"""The real programs: broker, registry, Triton and workers, each a process that ends with this one."""

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
TICKS = os.sysconf("SC_CLK_TCK")
TEMPLATE = Path(__file__).with_name("constant")
CONSTANT = {"waiting": 10, "tiny": 0, "slow": 2000}
"""Models of constant cost: milliseconds for a batch of up to 8. A GPU as it looks from outside; what is around a model; four images a
second, so that a worker that holds 64 requests must renew their leases."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A program with its log; its CPU time counts all of its threads, but no children."""

    def __init__(self, name, command, folder, environment=None):
        self.name, self.log = name, folder / f"{name}.log"
        with self.log.open("w") as out:
            self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                            env={**os.environ, **(environment or {})},
                                            preexec_fn=lambda: LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM))

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def compiler_seconds(self):
        """What the threads took of that in which a JVM compiles; 0 for other programs."""
        seconds = 0.0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                if (task / "comm").read_text().startswith(("C1 Compiler", "C2 Compiler")):
                    seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
            except FileNotFoundError:
                continue  # It has just ended.
        return seconds

    def await_true(self, condition, seconds=120):
        deadline = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{self.name} does not answer; see {self.log}:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.2)
        return self

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def is_up(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


class Servers:
    def __init__(self, folder):
        self.folder = folder
        self.started = []
        self.broker = f"127.0.0.1:{self._broker()}"
        self.registry = f"http://127.0.0.1:{self._registry()}"
        self.triton = f"127.0.0.1:{self._triton()}"

    def _start(self, *arguments, **options):
        self.started.append(Process(*arguments, self.folder, **options))
        return self.started[-1]

    def _broker(self):
        port = free_port()
        jar = ROOT / "local/broker/target/synthray-broker.jar"
        self._start("broker", ["java", "-Xmx768m", "-XX:+UseSerialGC", "-jar", jar, self.folder / "broker", port, free_port()]).await_true(
            lambda: answers(port))
        return port

    def _registry(self):
        port = free_port()
        jar = next((ROOT / "local/registry/target/application").glob("*-runner.jar"))
        self._start("registry", ["java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dquarkus.http.host=127.0.0.1",
                                 f"-Dquarkus.http.port={port}", "-Dquarkus.http.access-log.enabled=false", "-jar", jar]).await_true(
            lambda: is_up(f"http://127.0.0.1:{port}/health/ready"))
        return port

    def _triton(self):
        """One repository of the models of constant cost and of the one that is shipped."""
        port, repository = free_port(), self.folder / "repository"
        repository.mkdir()
        for path in [*(ROOT / "triton/repository").glob("*.py"), ROOT / "triton/repository/sampler"]:
            (repository / path.name).symlink_to(path)
        for name, milliseconds in CONSTANT.items():
            (repository / name / "1").mkdir(parents=True)
            config = (TEMPLATE / "config.pbtxt").read_text().replace("NAME", name).replace("MILLISECONDS", str(milliseconds))
            (repository / name / "config.pbtxt").write_text(config)
            (repository / name / "1/model.py").symlink_to(TEMPLATE / "model.py")
        import tritonclient.grpc as grpc

        def ready():
            try:
                return grpc.InferenceServerClient(f"127.0.0.1:{port}").is_server_ready()
            except grpc.InferenceServerException:
                return False

        self._start("triton", [ROOT / "triton/serve", port, repository]).await_true(ready, 600)
        return port

    def install(self, prefix):
        """Topics and schemas of an installation."""
        subprocess.run(["java", f"-Dsynthray.root={ROOT}", "-jar", ROOT / "local/target/synthray-local.jar", "setup",
                        "--bootstrap-servers", self.broker, "--registry-url", self.registry, "--topic-prefix", prefix,
                        "--replication", "1"], check=True, stdout=subprocess.DEVNULL)

    def python_worker(self, prefix, python, in_flight):
        return self._start("python-worker", [
            python, Path(__file__).with_name("python_worker.py"), "--broker", self.broker, "--registry", self.registry,
            "--triton", self.triton, "--prefix", prefix, "--store", self._store("python"), "--in-flight", in_flight])

    def our_worker(self, prefix, settings, options):
        port = free_port()
        values = {
            "quarkus.http.host": "127.0.0.1", "quarkus.http.port": port, "synthray.kafka.bootstrap-servers": self.broker,
            "synthray.kafka.topic-prefix": prefix, "synthray.registry.url": self.registry, "synthray.inference.address": self.triton,
            "synthray.store.uri": self._store("ours").as_uri(), "synthray.worker.name": "ours", **settings}
        return self._start("our-worker", [
            "java", *options, *(f"-D{key}={value}" for key, value in values.items()), "-jar",
            ROOT / "generator-worker/target/quarkus-app/quarkus-run.jar"]).await_true(
            lambda: is_up(f"http://127.0.0.1:{port}/q/health/ready"))

    def _store(self, name):
        folder = self.folder / f"store-{name}"
        folder.mkdir()
        return folder

    def stop(self):
        for process in reversed(self.started):
            process.stop()
