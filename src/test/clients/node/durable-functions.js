// The management calls of the durable-functions package, as an Azure Function would make them.
// Usage: node durable-functions.js http://127.0.0.1:8080
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const host = new URL(process.argv[2]);
process.env.WEBSITE_HOSTNAME = host.host; // Else the package takes port 7071, the Functions host's.
const { default: df } = await import("durable-functions");

const FUNCTION = "AsyncJobOrchestrator";
const LONG = { QueuedDuration: 600, InProgressDuration: 600 };
const SHORT = { QueuedDuration: 0.2, InProgressDuration: 0.2 };
const LIMIT_MILLIS = 30_000;

/** What the Functions host tells an app's client; "ID" stands for any id. */
function binding(isRpc) {
  const base = `${host.origin}/runtime/webhooks/durabletask`;
  const query = "taskHub=TestHub&connection=Storage&code=unused";
  const instance = `${base}/instances/ID`;
  return {
    taskHubName: "TestHub",
    creationUrls: {
      createNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?code=unused`,
      createAndWaitOnNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&code=unused`,
    },
    managementUrls: {
      id: "ID",
      statusQueryGetUri: `${instance}?${query}`,
      sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
      terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
      rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
      purgeHistoryDeleteUri: `${instance}?${query}`,
      suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
      resumePostUri: `${instance}/resume?reason={text}&${query}`,
    },
    ...(isRpc ? { rpcBaseUrl: `${base}/` } : {}),
  };
}

function clientOf(data) {
  const input = df.input.durableClient();
  return df.getClient({
    options: { extraInputs: [input] },
    extraInputs: { get: () => data },
  });
}

async function until(client, id, condition) {
  const end = Date.now() + LIMIT_MILLIS;
  for (;;) {
    const status = await client.getStatus(id);
    if (condition(status)) {
      return status;
    }
    assert(Date.now() < end, `${id} is still ${JSON.stringify(status)}`);
    await sleep(100);
  }
}

const has = (runtimeStatus) => (status) => status.runtimeStatus === runtimeStatus;
const ids = (statuses) => statuses.map((status) => status.instanceId).sort();

async function lifeOfAnInstance(client, id) {
  assert.equal(await client.startNew(FUNCTION, { instanceId: id, input: SHORT }), id);
  const first = await client.getStatus(id, { showInput: true });
  assert.equal(first.name, FUNCTION);
  assert.deepEqual(first.input, SHORT);
  const response = await client.waitForCompletionOrCreateCheckStatusResponse(undefined, id, {
    timeoutInMilliseconds: LIMIT_MILLIS,
    retryIntervalInMilliseconds: 100,
  });
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), []);
  const end = await client.getStatus(id, { showHistory: true, showHistoryOutput: true });
  assert.equal(end.runtimeStatus, "Completed");
  assert.equal(end.customStatus, "Completed");
  assert.deepEqual(end.createdTime, first.createdTime);
  assert.equal((await client.purgeInstanceHistory(id)).instancesDeleted, 1);
  assert.equal((await client.purgeInstanceHistory(id)).instancesDeleted, 0);
  await assert.rejects(client.getStatus(id), /404/);
}

async function startsWithoutIdOrInput(client) {
  const id = await client.startNew(FUNCTION);
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.equal((await client.getStatus(id)).input, ""); // The package sends that for none.
  await assert.rejects(client.startNew("Nope"), /The function 'Nope' doesn't exist/);
}

async function aWaitThatIsTooShort(client, id) {
  await client.startNew(FUNCTION, { instanceId: id, input: LONG });
  const response = await client.waitForCompletionOrCreateCheckStatusResponse(undefined, id, {
    timeoutInMilliseconds: 200,
    retryIntervalInMilliseconds: 100,
  });
  assert.equal(response.status, 202);
  assert.match(response.headers.get("Location"), new RegExp(`/instances/${id}\\?`));
  await assert.rejects(
    client.startNew(FUNCTION, { instanceId: id, input: LONG }),
    /already exists/,
  );
}

async function suspendResumeTerminate(client, id) {
  await client.startNew(FUNCTION, { instanceId: id, input: LONG });
  await until(client, id, (status) => status.customStatus === "Queued");
  await client.suspend(id, "lunch");
  await until(client, id, has("Suspended"));
  await assert.rejects(client.suspend(id, "again"), /409/);
  await client.resume(id, "back");
  await until(client, id, has("Running"));
  await client.raiseEvent(id, "approval", { approved: true });
  await assert.rejects(client.rewind(id, "try"), /only orchestrations in the "Failed" state/);
  await assert.rejects(client.purgeInstanceHistory(id), /terminal state/);
  await client.terminate(id, "superseded");
  const end = await until(client, id, has("Terminated"));
  assert.equal(end.output, "superseded");
  assert.equal(end.customStatus, "Queued");
  // What has ended already is no error to these.
  await client.terminate(id, "again");
  await client.suspend(id, "again");
  await client.resume(id, "again");
  await client.raiseEvent(id, "approval", {});
}

async function unknownInstances(client) {
  const unknown = /No instance with ID 'unknown' found/;
  await assert.rejects(client.getStatus("unknown"), /404/);
  await assert.rejects(client.terminate("unknown", "x"), unknown);
  await assert.rejects(client.suspend("unknown", "x"), unknown);
  await assert.rejects(client.resume("unknown", "x"), unknown);
  await assert.rejects(client.raiseEvent("unknown", "x", 1), unknown);
  await assert.rejects(client.rewind("unknown", "x"), /No orchestration with instance ID "\$?unknown"/);
}

async function manyInstances(client, prefix, count) {
  const from = new Date(Date.now() - 1000);
  const running = `${prefix}-running`;
  await client.startNew(FUNCTION, { instanceId: running, input: LONG });
  const completed = [];
  for (let i = 0; i < count; i++) {
    const id = `${prefix}-${i}`;
    await client.startNew(FUNCTION, {
      instanceId: id,
      input: { QueuedDuration: 0, InProgressDuration: 0 },
    });
    completed.push(id);
  }
  completed.sort();
  for (const id of completed) {
    await until(client, id, has("Completed"));
  }
  const ofThis = (id) => id.startsWith(prefix);
  const all = ids(await client.getStatusAll());
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(all.filter(ofThis), [...completed, running].sort());
  const by = async (filter) => ids(await client.getStatusBy(filter)).filter(ofThis);
  assert.deepEqual(await by({ createdTimeFrom: from, runtimeStatus: ["Completed"] }), completed);
  assert.deepEqual(await by({ runtimeStatus: ["Running", "Pending"] }), [running]);
  assert.deepEqual(await by({ createdTimeTo: from }), []);
  const purged = await client.purgeInstanceHistoryBy({
    createdTimeFrom: from,
    createdTimeTo: new Date(Date.now() + 1000),
    runtimeStatus: ["Completed"],
  });
  assert(purged.instancesDeleted >= completed.length);
  assert.deepEqual(await by({}), [running]);
}

async function rewind(client, failed) {
  await until(client, failed, has("Failed"));
  const before = await client.getStatus(failed);
  assert.equal(before.output, "no capacity");
  await client.rewind(failed, "more capacity");
  await until(client, failed, (status) => status.createdTime > before.createdTime);
  await until(client, failed, has("Failed"));
}

for (const isRpc of [false, true]) {
  const client = clientOf(binding(isRpc));
  const name = isRpc ? "rpc" : "urls";
  await lifeOfAnInstance(client, `${name}-life`);
  await startsWithoutIdOrInput(client);
  await aWaitThatIsTooShort(client, `${name}-wait`);
  await suspendResumeTerminate(client, `${name}-control`);
  await unknownInstances(client);
  // More than a page: the package follows the continuation tokens by itself.
  await manyInstances(client, `${name}-many`, isRpc ? 3 : 105);
  await rewind(client, "failing");
  console.log(`durable-functions by ${name}: all calls did what they say`);
}
