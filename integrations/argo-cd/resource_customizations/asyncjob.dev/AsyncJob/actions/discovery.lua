local status = obj.status or {}
local ended = status.runtimeStatus == "Completed" or status.runtimeStatus == "Failed" or status.runtimeStatus == "Terminated"
local restartOwed = (obj.spec.restartNonce or 0) > (status.restartNonce or 0)
local finished = ended and not restartOwed

return {
  suspend = {disabled = finished or obj.spec.suspend == true, iconClass = "fa fa-fw fa-pause"},
  resume = {disabled = finished or obj.spec.suspend ~= true, iconClass = "fa fa-fw fa-play"},
  terminate = {disabled = finished or obj.spec.termination ~= nil, iconClass = "fa fa-fw fa-stop"},
  restart = {disabled = not finished, iconClass = "fa fa-fw fa-redo"},
}
