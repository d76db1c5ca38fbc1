"""PyMongo's asyncio client, or Motor, in the benchmarks. It does what bench/child.ts does: it takes requests and gives
answers, a line of JSON each, one at a time, and measures itself. The event loop is asyncio's own."""

import time

STARTED = time.perf_counter()

import asyncio
import json
import math
import os
import resource
import sys
import threading
import traceback

from documents import DATABASE_NAME
from scenarios import SCENARIOS, expect


def client_class(name):
    if name == "motor":
        from motor.motor_asyncio import AsyncIOMotorClient

        return AsyncIOMotorClient
    from pymongo import AsyncMongoClient

    return AsyncMongoClient


def cpu_ms():
    """Processor time of the whole process, user and system."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


async def measured(work):
    started, before = time.perf_counter(), cpu_ms()
    await work
    return {"wallMs": (time.perf_counter() - started) * 1000, "cpuMs": cpu_ms() - before}


class Slice:
    """A number of callers, tasks, each making its next call when its last has ended."""

    def __init__(self, scenario, seconds, calls):
        self.scenario = scenario
        self.end = math.inf if seconds is None else time.perf_counter() + seconds
        self.calls = math.inf if calls is None else calls
        self.latencies = []
        self.last = None

    async def run(self):
        now = time.perf_counter()
        while now < self.end and len(self.latencies) < self.calls:
            self.last = await self.scenario.call()
            ended = time.perf_counter()
            self.latencies.append(ended - now)
            now = ended

    async def run_all(self, callers):
        await asyncio.gather(*(self.run() for _ in range(callers)))

    def percentile_ms(self, share):
        """The latency that this share of all calls did not exceed."""
        return self.latencies[max(0, math.ceil(share * len(self.latencies)) - 1)] * 1000


class Rival:
    """The driver with the options it comes with: a pool of 100."""

    client = None

    def __init__(self, client_class):
        self.client_class = client_class

    async def obey(self, request):
        if request["do"] == "run":
            return await self.run(request)
        if request["do"] == "close":
            return await measured(self.close())
        await self.close()
        return await measured(self.connect(request))

    async def connect(self, request):
        """Waits for the server, as the drivers in JavaScript do."""
        self.client = self.client_class(request["uri"])
        self.database = self.client[DATABASE_NAME]
        self.collection = self.database[request["collection"]]
        self.scenario = SCENARIOS[request["scenario"]](self.collection)
        await self.client.admin.command("ping")

    async def run(self, request):
        before = await self.count()
        made = Slice(self.scenario, request["seconds"], request["calls"])
        effort = await measured(made.run_all(request["callers"]))
        calls = len(made.latencies)
        self.scenario.verify(made.last)
        expect(
            await self.count() - before == calls * self.scenario.inserts,
            "the server counts other inserts than were made",
        )
        made.latencies.sort()
        return {**effort, "calls": calls, "p50Ms": made.percentile_ms(0.5), "p99Ms": made.percentile_ms(0.99)}

    async def count(self):
        """How many documents the collection holds, where a scenario inserts some."""
        if self.scenario.inserts == 0:
            return 0
        return (await self.database.command("count", self.collection.name))["n"]

    async def close(self):
        closing = self.client and self.client.close()
        self.client = None
        if closing is not None:  # Motor's has nothing to wait for
            await closing


def say(answer):
    print(json.dumps(answer), flush=True)


def read(loop, requests):
    """Reads while a request is obeyed, too: what is read then is the end, when the parent lets go of this process."""
    for line in sys.stdin:
        loop.call_soon_threadsafe(requests.put_nowait, json.loads(line))
    os._exit(0)


async def main():
    rival = Rival(client_class(sys.argv[1]))
    requests = asyncio.Queue()
    threading.Thread(target=read, args=(asyncio.get_running_loop(), requests), daemon=True).start()
    say({"wallMs": (time.perf_counter() - STARTED) * 1000, "cpuMs": cpu_ms()})
    while True:
        request = await requests.get()
        try:
            say(await rival.obey(request))
        except Exception:
            say({"error": traceback.format_exc()})


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
