-- wrk: POST of 1 KB to the app whose host is the first argument.
function init(arguments)
  wrk.method = "POST"
  wrk.body = string.rep("0123456789abcdef", 64)
  wrk.headers["Host"] = arguments[1]
  wrk.headers["Content-Type"] = "application/octet-stream"
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status, failed))
end
