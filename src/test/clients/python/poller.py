"""A client that knows 202 and Location, and nothing of the service.

Usage: python poller.py URL; prints the final document.
"""

import sys
import time
from urllib.request import urlopen

response = urlopen(sys.argv[1])
while response.status == 202:
    time.sleep(min(float(response.headers["Retry-After"]), 1))
    response = urlopen(response.headers["Location"])
print(response.read().decode())
