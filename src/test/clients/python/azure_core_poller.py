"""The poller of the Azure SDKs for long-running operations, by the Location header.

Usage: python azure_core_poller.py http://127.0.0.1:8080/api/job-start/NAME; prints the final document.
"""

import sys

from azure.core import PipelineClient
from azure.core.polling import LROPoller
from azure.core.polling.base_polling import LROBasePolling
from azure.core.rest import HttpRequest

client = PipelineClient(sys.argv[1])
started = client.send_request(HttpRequest("GET", sys.argv[1]), _return_pipeline_response=True)
poller = LROPoller(
    client, started, lambda response: response.http_response.json(), LROBasePolling(timeout=1))
print(poller.result())
