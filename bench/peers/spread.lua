-- wrk: POST of 1 KB to one app after the other; their number is the first argument.
local requests = {}
local next = 0

function init(arguments)
  wrk.method = "POST"
  wrk.body = string.rep("0123456789abcdef", 64)
  wrk.headers["Content-Type"] = "application/octet-stream"
  for i = 1, tonumber(arguments[1]) do
    wrk.headers["Host"] = string.format("app-%d.localhost", i - 1)
    requests[i] = wrk.format()
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status, failed))
end
