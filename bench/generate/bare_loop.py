"""(a) NVIDIA's asynchronous client in a bare loop: no Kafka, no files. What Triton can give."""

import asyncio
import time

import tritonclient.grpc.aio as aio

import work


async def _loop(address, model, count, in_flight):
    client = aio.InferenceServerClient(address)
    sampling = work.Sampling(await client.get_model_metadata(model, "1", as_json=True),
                             await client.get_model_config(model, "1", as_json=True))
    numbers = iter(range(count))
    sizes = {"side": sampling.side}
    events = [work.request(model, index, sizes) for index in range(min(count, 64))]

    async def one():
        for index in numbers:
            event = {**events[index % len(events)], "seed": 1000 + index}
            answer = await client.infer(model, sampling.inputs(event), model_version="1", outputs=sampling.outputs)
            answer.as_numpy("image")

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(in_flight)))
    seconds = time.perf_counter() - began
    await client.close()
    return count / seconds


def images_per_second(address, model, count, in_flight):
    return asyncio.run(_loop(address, model, count, in_flight))
