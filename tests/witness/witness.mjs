// Reads rollouts as our simulation gives them, one JSON object a line, lets a port of Kubernetes' controllers do the
// same, and tells where the ReplicaSets' sizes differ. docs/rollouts.md describes the comparison.

import { createInterface } from "node:readline/promises";
import { open } from "./cluster.mjs";

/** Changes closer to each other than this belong to one wave. Pods of one wave become ready one after the other there. */
const GAP = 3;
/** How much later than ours a wave may be, in seconds: a probe and some syncs for each wave before it. */
const LAG = 4;

function deployment(input, version, replicas, strategy) {
  const start = version === "old" || !input.newNeverReady ? [{ name: "START", value: String(input.startupSeconds) }] : [];
  const unready = version === "old" ? [{ name: "UNREADY", value: String(input.oldUnready) }] : [];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "app" },
    spec: {
      replicas,
      strategy,
      minReadySeconds: input.minReadySeconds,
      selector: { matchLabels: { app: "app" } },
      template: {
        metadata: { labels: { app: "app" }, annotations: { version } },
        spec: {
          terminationGracePeriodSeconds: 60,
          containers: [
            {
              name: "app",
              image: "app:1",
              env: [...start, ...unready],
              readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 1 },
            },
          ],
        },
      },
    },
  };
}

/** What each wave did to each set, in the order in which the sets first moved. */
function waves(changes) {
  const waves = [];
  let last = -Infinity;
  for (const { second, version, from, to } of changes) {
    if (second - last > GAP) {
      waves.push({ second, changes: [] });
    }
    last = second;
    const wave = waves[waves.length - 1];
    const same = wave.changes.find((change) => change[0] === version);
    if (same === undefined) {
      wave.changes.push([version, from, to]);
    } else {
      same[2] = to;
    }
  }
  for (const wave of waves) {
    wave.changes = wave.changes.filter(([, from, to]) => from !== to);
  }
  return waves.filter((wave) => wave.changes.length > 0);
}

const show = (waves) =>
  waves
    .map(({ second, changes }) => `${Math.round(second)}: ${changes.map(([set, from, to]) => `${set} ${from}→${to}`).join(", ")}`)
    .join(" · ");

async function theirs(input) {
  const cluster = await open(input.stopSeconds);
  let { strategy, replicas } = input;
  let version = "new";
  await cluster.start(deployment(input, "old", input.oldReplicas, strategy));
  await cluster.pass(input.startupSeconds + input.minReadySeconds + 10);
  cluster.restart();
  await cluster.apply(deployment(input, version, replicas, strategy));
  let now = 0;
  for (const { atSeconds, change } of input.interventions) {
    await cluster.pass(atSeconds - now);
    now = atSeconds;
    ({ strategy = strategy, replicas = replicas, version = version } = change);
    await cluster.apply(deployment(input, version, replicas, strategy));
  }
  await cluster.pass(input.lastsSeconds + 30 - now);
  const found = waves(cluster.changes);
  await cluster.close();
  return found;
}

let agree = 0;
let total = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { id, input, sequence } = JSON.parse(line);
  const ours = waves(sequence.map(([second, version, from, to]) => ({ second, version, from, to })));
  const found = await theirs(input);
  const same =
    ours.length === found.length &&
    ours.every(
      ({ second, changes }, wave) =>
        JSON.stringify(changes) === JSON.stringify(found[wave].changes) &&
        found[wave].second - second > -1 &&
        found[wave].second - second < LAG,
    );
  total += 1;
  agree += same ? 1 : 0;
  console.log(`${same ? "agrees  " : "DIFFERS "} ${id}: ${show(ours)}`);
  if (!same) {
    console.log(`          the port: ${show(found)}`);
    console.log(`          input: ${JSON.stringify(input)}`);
  }
}
console.log(`witness: ${agree} of ${total} agree`);
process.exit(total > 0 && agree === total ? 0 : 1);
