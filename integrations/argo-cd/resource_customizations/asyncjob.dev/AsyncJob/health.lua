-- Healthy once the job has completed, so that a sync waits for it; Degraded when it failed or cannot be read.
local status = obj.status or {}

local function condition(type)
  for _, c in ipairs(status.conditions or {}) do
    if c.type == type and c.status == "True" then
      return c
    end
  end
end

if status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "Waiting for the operator"}
end
if status.runtimeStatus == "Completed" then
  return {status = "Healthy", message = "Completed"}
end
local stalled = condition("Stalled")
if stalled then
  local words = stalled.message ~= "" and ": " .. stalled.message or ""
  return {status = "Degraded", message = stalled.reason .. words}
end
local state = status.customStatus or "Pending"
if condition("Suspended") then
  return {status = "Suspended", message = state .. ", suspended"}
end
return {status = "Progressing", message = state .. " until " .. (status.nextTransitionTime or "resumed")}
