// Package http is HTTP/1.1 messages: what a method named http gets and returns, and requests to other
// hosts. It is a few kilobytes of module where net/http would be megabytes.
//
//	//go:wasmexport http
//	func serve(ptr, length uint32) uint64 {
//		return http.Method(ptr, length, func(request *http.Request) (*http.Response, error) {
//			name, _ := request.Query("name")
//			return http.NewResponse(200, "text/plain", "Hello, "+name+"!"), nil
//		})
//	}
package http

import (
	"strconv"
	"strings"

	"parigot"
)

//go:wasmimport parigot:http send
func send(request string) uint64

// Header is one header line.
type Header struct {
	Name, Value string
}

// Headers are in the order of the message.
type Headers []Header

// Get gives the first value of a header, whatever the case of its name; "" if there is none.
func (h Headers) Get(name string) string {
	for _, header := range h {
		if strings.EqualFold(header.Name, name) {
			return header.Value
		}
	}
	return ""
}

// Request is a request. Target is the path and the query as sent; in a request to another host it
// is an absolute URL.
type Request struct {
	Method  string
	Target  string
	Headers Headers
	Body    []byte
}

// Response is a response.
type Response struct {
	Status  int
	Headers Headers
	Body    []byte
}

// Method answers a call of a service's http method by a handler. An error becomes a response with
// its code as the status and its text as the body.
func Method(ptr, length uint32, handler func(request *Request) (*Response, error)) uint64 {
	return parigot.Method(ptr, length, func(message []byte) ([]byte, error) {
		request, err := ParseRequest(message)
		if err != nil {
			return nil, err
		}
		response, err := handler(request)
		if err != nil {
			return nil, err
		}
		return response.Bytes(), nil
	})
}

// NewRequest makes a request; headers and a body are added to its fields.
func NewRequest(method, target string) *Request {
	return &Request{Method: method, Target: target}
}

// NewResponse makes a response; more headers are added to its field.
func NewResponse(status int, contentType, body string) *Response {
	return &Response{status, Headers{{"Content-Type", contentType}}, []byte(body)}
}

// Path is the target without its query, as sent.
func (r *Request) Path() string {
	path, _, _ := strings.Cut(r.Target, "?")
	return path
}

// Query gives the first parameter of that name in the target's query, decoded.
func (r *Request) Query(name string) (value string, found bool) {
	_, query, _ := strings.Cut(r.Target, "?")
	return field(query, name)
}

// Form gives the first field of that name in a body of application/x-www-form-urlencoded, decoded.
func (r *Request) Form(name string) (value string, found bool) {
	return field(string(r.Body), name)
}

func field(encoded, name string) (string, bool) {
	for pair := range strings.SplitSeq(encoded, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if decode(key) == name {
			return decode(value), true
		}
	}
	return "", false
}

// decode takes what is no escape as it is.
func decode(text string) string {
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '+':
			c = ' '
		case c == '%' && i+2 < len(text):
			if escaped, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				c = byte(escaped)
				i += 2
			}
		}
		decoded = append(decoded, c)
	}
	return string(decoded)
}

// Send sends the request to the host of its URL, which the manifest must allow, and waits. It fails
// with 400 if it is no request, 403 not allowed, 502 unreachable, 504 late.
func (r *Request) Send() (*Response, error) {
	message, err := parigot.Result(send(string(r.Bytes())))
	if err != nil {
		return nil, err
	}
	return ParseResponse(message)
}

// Bytes is the request as a message. Host and Content-Length are added where they lack.
func (r *Request) Bytes() []byte {
	headers := r.Headers
	if _, rest, absolute := strings.Cut(r.Target, "://"); absolute && headers.Get("Host") == "" {
		host := rest
		if end := strings.IndexAny(rest, "/?#"); end >= 0 {
			host = rest[:end]
		}
		headers = append(Headers{{"Host", host}}, headers...)
	}
	return message(clean(r.Method)+" "+clean(r.Target)+" HTTP/1.1", headers, r.Body, len(r.Body) > 0)
}

// Bytes is the response as a message. Content-Length is added.
func (r *Response) Bytes() []byte {
	return message("HTTP/1.1 "+strconv.Itoa(r.Status)+" ", r.Headers, r.Body, true)
}

func message(start string, headers Headers, body []byte, withLength bool) []byte {
	out := append([]byte(start), "\r\n"...)
	for _, header := range headers {
		if !strings.EqualFold(header.Name, "Content-Length") {
			out = append(out, clean(header.Name)+": "+clean(header.Value)+"\r\n"...)
		}
	}
	if withLength {
		out = append(out, "Content-Length: "+strconv.Itoa(len(body))+"\r\n"...)
	}
	out = append(out, "\r\n"...)
	return append(out, body...)
}

// clean keeps a value from ending its line.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, text)
}

// ParseRequest reads a request; 400 if it is none.
func ParseRequest(message []byte) (*Request, error) {
	start, headers, body, ok := parse(message)
	parts := strings.Split(start, " ")
	if !ok || len(parts) != 3 || parts[0] == "" || parts[1] == "" {
		return nil, parigot.Fail(parigot.BadRequest, "not an HTTP/1.1 request")
	}
	return &Request{parts[0], parts[1], headers, body}, nil
}

// ParseResponse reads a response; 502 if it is none.
func ParseResponse(message []byte) (*Response, error) {
	start, headers, body, ok := parse(message)
	version, rest, _ := strings.Cut(start, " ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if !ok || err != nil || len(code) != 3 || !strings.HasPrefix(version, "HTTP/") {
		return nil, parigot.Fail(502, "not an HTTP/1.1 response")
	}
	return &Response{status, headers, body}, nil
}

func parse(message []byte) (start string, headers Headers, body []byte, ok bool) {
	head, rest, ended := strings.Cut(string(message), "\r\n\r\n")
	if !ended {
		return "", nil, nil, false
	}
	start, lines, _ := strings.Cut(head, "\r\n")
	for line := range strings.SplitSeq(lines, "\r\n") {
		if line == "" {
			continue
		}
		name, value, colon := strings.Cut(line, ":")
		if !colon || name == "" || strings.TrimSpace(name) != name {
			return "", nil, nil, false
		}
		headers = append(headers, Header{name, strings.Trim(value, " \t")})
	}
	return start, headers, []byte(rest), true
}
