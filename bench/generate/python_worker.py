"""(b) A careful worker in Python: requests from Kafka, samples by NVIDIA's asynchronous client, PNG files by Pillow, events to Kafka.

One process, as a Python program has it. Many samples are in flight, records are taken in batches, events are sent in batches, and
offsets are committed only when everything before them is at the broker. Files are on disk before their events.
"""

import argparse
import asyncio
import hashlib
import itertools
import os
import time

import confluent_kafka as kafka
import tritonclient.grpc.aio as aio

import work


class Store:
    """Content-addressed files, durable before they are announced."""

    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count()

    def put(self, data):
        digest = hashlib.sha256(data).hexdigest()
        folder = os.path.join(self.folder, digest[:2])
        target = os.path.join(folder, digest + ".png")
        if not os.path.exists(target):
            os.makedirs(folder, exist_ok=True)
            part = os.path.join(self.folder, f"{os.getpid()}-{next(self.numbers)}.part")
            with open(part, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, target)
            descriptor = os.open(folder, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        return "file://" + target, digest


class Worker:
    def __init__(self, options):
        self.options = options
        self.wire = work.Wire(options.registry)
        self.encode = self.wire.encoder(f"{options.prefix}images-value")
        self.store = Store(options.store)
        self.samplings = {}
        self.producer = kafka.Producer({"bootstrap.servers": options.broker, "acks": "all", "enable.idempotence": True,
                                        "linger.ms": 20})
        self.consumer = kafka.Consumer({
            "bootstrap.servers": options.broker, "group.id": options.prefix + "python", "auto.offset.reset": "earliest",
            "enable.auto.commit": False, "isolation.level": "read_committed"})
        self.consumer.subscribe([options.prefix + "generation.requests"])

    async def sampling(self, model):
        if model not in self.samplings:
            self.samplings[model] = work.Sampling(await self.client.get_model_metadata(model, "1", as_json=True),
                                                  await self.client.get_model_config(model, "1", as_json=True))
        return self.samplings[model]

    async def run(self):
        self.client = aio.InferenceServerClient(self.options.triton)
        self.places = asyncio.Semaphore(self.options.in_flight)
        loop = asyncio.get_running_loop()
        pending, committed = set(), time.monotonic()
        while True:
            records = await loop.run_in_executor(None, self.consumer.consume, self.options.in_flight, 0.02 if pending else 0.5)
            for record in records:
                assert not record.error(), record.error()
                await self.places.acquire()
                task = asyncio.create_task(self.image(record))
                pending.add(task)
                task.add_done_callback(pending.discard)
            self.producer.poll(0)
            if time.monotonic() - committed > 1 and (records or pending):
                await asyncio.gather(*pending)
                self.producer.flush()
                self.consumer.commit(asynchronous=True)
                committed = time.monotonic()

    async def image(self, record):
        try:
            event = self.wire.decode(record.value())
            sampling = await self.sampling(event["model"])
            began = time.perf_counter()
            answer = await self.client.infer(event["model"], sampling.inputs(event), model_version="1", outputs=sampling.outputs)
            # Compression and disk leave the loop to the other samples meanwhile.
            (uri, digest), mask = await asyncio.to_thread(lambda: (
                self.store.put(sampling.png(answer.as_numpy("image"), event)), self.store.put(sampling.mask_png(event))))
            made = {
                **{key: event[key] for key in ("request", "study", "arm", "imageSet", "index", "labels")},
                "uri": uri, "sha256": digest, "width": sampling.side, "height": sampling.side, "maskUri": mask[0],
                "maskSha256": mask[1],
                "provenance": {**{key: event[key] for key in ("model", "modelVersion", "seed", "prompt", "negativePrompt",
                                                              "textGuidance", "maskGuidance")},
                               "weightsSha256": sampling.weights, "server": "triton"},
                "scores": {}, "embedding": None, "worker": "python", "attempt": 1,
                "latencyMillis": int(1000 * (time.perf_counter() - began)), "embedder": None,
            }
            key = f"{event['study']}/{event['arm']}/{event['imageSet']}"
            self.producer.produce(self.options.prefix + "images", self.encode(made), key)
        finally:
            self.places.release()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("broker", "registry", "triton", "prefix", "store"):
        arguments.add_argument("--" + name, required=True)
    arguments.add_argument("--in-flight", type=int, default=32)
    asyncio.run(Worker(arguments.parse_args()).run())
