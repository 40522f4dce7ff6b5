-- The server accepts a greater nonce only together with the end of a termination.
obj.spec.restartNonce = (obj.spec.restartNonce or 0) + 1
obj.spec.termination = nil
return obj
