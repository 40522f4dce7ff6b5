// A client that knows 202 and Location, and nothing of the service.
// Usage: node poller.js URL; prints the final document.
import { setTimeout as sleep } from "node:timers/promises";

let response = await fetch(process.argv[2]);
while (response.status === 202) {
  await response.body?.cancel();
  const seconds = Math.min(Number(response.headers.get("Retry-After")), 1);
  await sleep(1000 * seconds);
  response = await fetch(response.headers.get("Location"));
}
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.text());
