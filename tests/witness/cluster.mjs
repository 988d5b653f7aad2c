// A cluster of the port, with a clock that this process turns.

import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { BaseImage, Cluster, getClock, newLatencyProvider } from "@ngrok/webernetes";

// A cluster that is closed lets go of what it was doing.
process.on("unhandledRejection", (error) => {
  if (error?.message !== "context canceled") {
    throw error;
  }
});

/** Milliseconds of the cluster's clock between two looks of this process. */
const STEP = 100;
/** Turns of the event loop after each step, so that what became due can finish. */
const TURNS = 12;

/**
 * An app that answers `START` seconds after its start, or never without START. The first `UNREADY` containers of a
 * Deployment never do.
 */
function image() {
  let unready;
  return class App extends BaseImage {
    static imageName = "app";
    static imageVersion = "1";
    defaultCommand = ["serve"];

    async exec(context, argv) {
      if (argv[0] !== "serve") {
        return super.exec(context, argv);
      }
      unready ??= Number(context.env.get("UNREADY") ?? 0);
      const start = context.env.get("START");
      if (start !== undefined && unready-- <= 0) {
        void getClock(context.ctx ?? context)
          .wait(Number(start) * 1000)
          .then(() => context.listenHttp(8080, async () => ({ status: 200, body: "ready" })));
      }
      return context.waitUntilKilled();
    }
  };
}

/** A cluster in which stopping a container takes `stopSeconds`. */
export async function open(stopSeconds) {
  const latencyProvider = newLatencyProvider({ containerTerminationLatency: () => stopSeconds * 1000 });
  const cluster = new Cluster({ latencyProvider });
  cluster.registerImage(image());
  await cluster.init();
  const changes = [];
  const sizes = new Map();
  let zero = 0;
  cluster.informer(
    "replicasets",
    (type, { metadata, spec }) => {
      const size = type === "delete" ? 0 : spec.replicas;
      const before = sizes.get(metadata.name) ?? 0;
      if (size !== before) {
        sizes.set(metadata.name, size);
        const second = (cluster.clock.nowMs() - zero) / 1000;
        changes.push({ second, version: spec.template.metadata.annotations.version, from: before, to: size });
      }
    },
    { namespace: "default" },
  );

  const pass = async (seconds) => {
    for (let step = 0; step * STEP < seconds * 1000; step += 1) {
      cluster.clock.step(STEP);
      for (let turns = 0; turns < TURNS; turns += 1) {
        await turn();
      }
    }
  };

  /** Runs a call to its end; it may need the clock. */
  const settle = async (call) => {
    let open = true;
    const result = call.finally(() => {
      open = false;
    });
    result.catch(() => {});
    for (let tries = 0; open && tries < 20_000; tries += 1) {
      await turn();
      if (open && tries % 20 === 19) {
        cluster.clock.step(1);
      }
    }
    if (open) {
      throw new Error("a call to the cluster does not end");
    }
    return result;
  };

  return {
    /**
     * Applies the first Deployment. The controllers are pods themselves, so the clock goes by itself until they act;
     * from then on `pass` turns it.
     */
    async start(deployment) {
      await cluster.apply([deployment]);
      for (let tries = 0; changes.length === 0; tries += 1) {
        if (tries === 1000) {
          throw new Error("the cluster's controllers do not start");
        }
        await sleep(20);
      }
      cluster.clock.pause();
    },
    /** What changed since the last call of `restart`. */
    changes,
    pass,
    apply: (deployment) => settle(cluster.apply([deployment])),
    /** Seconds count from here. */
    restart() {
      changes.length = 0;
      zero = cluster.clock.nowMs();
    },
    close: () => cluster.close(),
  };
}
