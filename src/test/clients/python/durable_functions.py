"""The calls of azure-functions-durable's client, as an Azure Function would make them.

Usage: python durable_functions.py http://127.0.0.1:8080
"""

import asyncio
import json
import re
import sys
import time
from datetime import datetime, timedelta, timezone

from azure.durable_functions import DurableOrchestrationClient, OrchestrationRuntimeStatus

FUNCTION = "AsyncJobOrchestrator"
LONG = {"QueuedDuration": 600, "InProgressDuration": 600}
SHORT = {"QueuedDuration": 0.2, "InProgressDuration": 0.2}
LIMIT_SECONDS = 30


def client_of(host):
    """A client with what the Functions host tells it; "ID" stands for any id."""
    base = f"{host}/runtime/webhooks/durabletask"
    query = "taskHub=TestHub&connection=Storage&code=unused"
    instance = f"{base}/instances/ID"
    start = f"{base}/orchestrators/{{functionName}}[/{{instanceId}}]?code=unused"
    return DurableOrchestrationClient(json.dumps({
        "taskHubName": "TestHub",
        "rpcBaseUrl": f"{base}/",
        "creationUrls": {
            "createNewInstancePostUri": start,
            "createAndWaitOnNewInstancePostUri":
                start + "&timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}",
        },
        "managementUrls": {
            "id": "ID",
            "statusQueryGetUri": f"{instance}?{query}",
            "sendEventPostUri": f"{instance}/raiseEvent/{{eventName}}?{query}",
            "terminatePostUri": f"{instance}/terminate?reason={{text}}&{query}",
            "rewindPostUri": f"{instance}/rewind?reason={{text}}&{query}",
            "purgeHistoryDeleteUri": f"{instance}?{query}",
            "suspendPostUri": f"{instance}/suspend?reason={{text}}&{query}",
            "resumePostUri": f"{instance}/resume?reason={{text}}&{query}",
        },
    }))


async def until(client, instance_id, condition):
    end = time.monotonic() + LIMIT_SECONDS
    while True:
        status = await client.get_status(instance_id)
        if condition(status):
            return status
        assert time.monotonic() < end, f"{instance_id} is still {status.to_json()}"
        await asyncio.sleep(0.1)


def has(runtime_status):
    return lambda status: status.runtime_status is runtime_status


async def refused(call, pattern):
    try:
        await call
    except Exception as e:  # The package knows no other type.
        assert re.search(pattern, str(e)), f"{e!r} does not say {pattern}"
    else:
        raise AssertionError(f"should say {pattern}")


async def life_of_an_instance(client):
    assert await client.start_new(FUNCTION, "py-life", SHORT) == "py-life"
    first = await client.get_status("py-life", show_input=True)
    assert first.name == FUNCTION
    assert json.loads(first.input_) == SHORT
    response = await client.wait_for_completion_or_create_check_status_response(
        None, "py-life", LIMIT_SECONDS * 1000, 100)
    assert response.status_code == 200 and response.get_body() == b"[]", response.get_body()
    end = await client.get_status("py-life", show_history=True, show_history_output=True)
    assert end.runtime_status is OrchestrationRuntimeStatus.Completed
    assert end.custom_status == "Completed" and end.output == []
    assert end.created_time == first.created_time
    events = [event["EventType"] for event in end.historyEvents]
    assert events[0] == "ExecutionStarted" and events[-1] == "ExecutionCompleted", events
    assert (await client.purge_instance_history("py-life")).instances_deleted == 1
    assert (await client.purge_instance_history("py-life")).instances_deleted == 0
    assert not await client.get_status("py-life")


async def starts_without_id_or_input(client):
    instance_id = await client.start_new(FUNCTION)
    assert re.fullmatch("[0-9a-f]{32}", instance_id)
    assert (await client.get_status(instance_id)).input_ is None
    await refused(client.start_new("Nope"), "The function 'Nope' doesn't exist")
    await refused(client.start_new(FUNCTION, None, {"Other": 1}), "unknown field")


async def a_wait_that_is_too_short(client):
    await client.start_new(FUNCTION, "py-wait", LONG)
    response = await client.wait_for_completion_or_create_check_status_response(
        None, "py-wait", 200, 100)
    assert response.status_code == 202
    assert "/instances/py-wait?" in response.headers["Location"]
    await refused(client.start_new(FUNCTION, "py-wait", LONG), "already exists")


async def suspend_resume_terminate(client):
    await client.start_new(FUNCTION, "py-control", LONG)
    await until(client, "py-control", lambda status: status.custom_status == "Queued")
    await client.suspend("py-control", "lunch break")
    await until(client, "py-control", has(OrchestrationRuntimeStatus.Suspended))
    await refused(client.suspend("py-control", "again"), "409")
    await client.resume("py-control", "back")
    await until(client, "py-control", has(OrchestrationRuntimeStatus.Running))
    await client.raise_event("py-control", "approval", {"approved": True})
    await refused(client.rewind("py-control", "try"), 'only orchestrations in the "Failed" state')
    await refused(client.purge_instance_history("py-control"), "412")
    await client.terminate("py-control", "superseded by another")
    end = await until(client, "py-control", has(OrchestrationRuntimeStatus.Terminated))
    assert end.output == "superseded by another" and end.custom_status == "Queued"
    await client.terminate("py-control", "again")
    await client.suspend("py-control", "again")
    await client.resume("py-control", "again")
    await refused(client.raise_event("py-control", "approval", {}), "is gone")


async def unknown_instances(client):
    unknown = "No instance with ID '?unknown'? found"
    assert not await client.get_status("unknown")
    await refused(client.terminate("unknown", "x"), unknown)
    await refused(client.suspend("unknown", "x"), unknown)
    await refused(client.resume("unknown", "x"), unknown)
    await refused(client.raise_event("unknown", "x", 1), unknown)
    await refused(client.rewind("unknown", "x"), unknown)


async def restart(client):
    await client.start_new(FUNCTION, "py-restart", SHORT)
    await until(client, "py-restart", has(OrchestrationRuntimeStatus.Completed))
    again = await client.restart("py-restart")
    assert re.fullmatch("[0-9a-f]{32}", again["id"])
    status = await client.get_status(again["id"], show_input=True)
    assert json.loads(status.input_) == SHORT
    await client.restart("py-restart", restart_with_new_instance_id=False)
    await until(client, "py-restart", has(OrchestrationRuntimeStatus.Completed))


async def many_instances(client):
    start = datetime.now(timezone.utc) - timedelta(seconds=1)
    await client.start_new(FUNCTION, "py-many-running", LONG)
    for i in range(3):
        await client.start_new(FUNCTION, f"py-many-{i}", SHORT)
        await until(client, f"py-many-{i}", has(OrchestrationRuntimeStatus.Completed))
    completed = [f"py-many-{i}" for i in range(3)]

    async def by(**filters):
        statuses = await client.get_status_by(instance_id_prefix="py-many-", **filters)
        return sorted(status.instance_id for status in statuses)

    done = [OrchestrationRuntimeStatus.Completed]
    assert {"py-many-running", *completed} <= {
        status.instance_id for status in await client.get_status_all()}
    assert await by() == [*completed, "py-many-running"]
    assert await by(created_time_from=start, runtime_status=done) == completed
    assert await by(created_time_to=start) == []
    purged = await client.purge_instance_history_by(
        start, datetime.now(timezone.utc) + timedelta(seconds=1), done)
    assert purged.instances_deleted >= len(completed)
    assert await by() == ["py-many-running"]


async def rewind(client):
    before = await until(client, "failing", has(OrchestrationRuntimeStatus.Failed))
    assert before.output == "no capacity"
    await client.rewind("failing", "more capacity")
    await until(client, "failing", lambda status: status.created_time > before.created_time)
    await until(client, "failing", has(OrchestrationRuntimeStatus.Failed))


async def main(host):
    client = client_of(host)
    for scenario in (
            life_of_an_instance, starts_without_id_or_input, a_wait_that_is_too_short,
            suspend_resume_terminate, unknown_instances, restart, many_instances, rewind):
        await scenario(client)
    print("azure-functions-durable: all calls did what they say")


asyncio.run(main(sys.argv[1]))
