package lab

// The SNMP agent: v1 and v2c, reading only (RFC 1157, RFC 3416). A wrong
// community, v3 and anything malformed stay unanswered, as on a real network.

// Limits of the agent, in bytes and variable bindings.
const (
	maxReply       = 1400 // GETBULK is cut to fit; another answer that does not is tooBig
	maxRequest     = 4096
	maxBinds       = 128
	maxRepetitions = 100
)

// The error codes used (RFC 3416, section 3).
const (
	errTooBig     = 1
	errNoSuchName = 2
	errNoAccess   = 6
)

type snmpVersion int64

const (
	snmpV1  snmpVersion = 0
	snmpV2c snmpVersion = 1
)

// request is a decoded message.
type request struct {
	version   snmpVersion
	community string
	kind      byte
	id        int64
	first     int64 // error status, or non-repeaters of GETBULK
	second    int64 // error index, or max-repetitions of GETBULK
	names     []oid
}

// decodeRequest reads a message.
func decodeRequest(b []byte) (request, error) {
	var q request
	if len(b) > maxRequest {
		return q, errBER
	}
	whole := berReader{b}
	body, err := whole.expect(tagSequence)
	if err != nil {
		return q, err
	}
	r := berReader{body}
	version, err := r.int()
	if err != nil {
		return q, err
	}
	q.version = snmpVersion(version)
	community, err := r.expect(tagOctets)
	if err != nil {
		return q, err
	}
	q.community = string(community)
	kind, body, err := r.next()
	if err != nil {
		return q, err
	}
	q.kind = kind
	r = berReader{body}
	for _, field := range []*int64{&q.id, &q.first, &q.second} {
		if *field, err = r.int(); err != nil {
			return q, err
		}
	}
	q.names, err = decodeNames(&r)
	return q, err
}

// decodeNames reads the names of a list of variable bindings; the values are
// of no interest to an agent that is only read.
func decodeNames(r *berReader) ([]oid, error) {
	list, err := r.expect(tagSequence)
	if err != nil {
		return nil, err
	}
	var names []oid
	for binds := (berReader{list}); len(binds.rest) > 0; {
		bind, err := binds.expect(tagSequence)
		if err != nil {
			return nil, err
		}
		one := berReader{bind}
		name, err := one.oid()
		if err != nil {
			return nil, err
		}
		if _, _, err := one.next(); err != nil {
			return nil, err
		}
		if names = append(names, name); len(names) > maxBinds {
			return nil, errBER
		}
	}
	return names, nil
}

// agent answers for one device.
type agent struct {
	community string
	tree      tree
}

// answer gives the reply to a message, nil for none.
func (a *agent) answer(message []byte) []byte {
	q, err := decodeRequest(message)
	if err != nil || q.community != a.community || q.version != snmpV1 && q.version != snmpV2c {
		return nil
	}
	switch q.kind {
	case tagGet:
		return a.each(q, a.get)
	case tagGetNext:
		return a.each(q, a.next)
	case tagGetBulk:
		if q.version == snmpV1 {
			return nil
		}
		return a.bulk(q)
	case tagSet:
		code := int64(errNoAccess)
		if q.version == snmpV1 {
			code = errNoSuchName
		}
		return q.fail(code, 1)
	}
	return nil
}

// each answers every name by the function, and fails as v1 wants it.
func (a *agent) each(q request, find func(request, oid) (oid, []byte)) []byte {
	var binds []byte
	for i, name := range q.names {
		found, v := find(q, name)
		if q.version == snmpV1 && v[0]&0xf0 == 0x80 { // the three exceptions of v2
			return q.fail(errNoSuchName, int64(i+1))
		}
		binds = append(binds, tlv(tagSequence, berOID(found), v)...)
	}
	if len(binds) > maxReply {
		return q.fail(errTooBig, 0)
	}
	return q.reply(0, 0, binds)
}

func (a *agent) get(_ request, name oid) (oid, []byte) {
	if o, ok := a.tree.get(name); ok {
		return name, o.value.bytes()
	}
	if a.tree.knows(name) {
		return name, []byte{tagNoInstance, 0}
	}
	return name, []byte{tagNoObject, 0}
}

func (a *agent) next(q request, name oid) (oid, []byte) {
	for {
		o, ok := a.tree.after(name)
		if !ok {
			return name, []byte{tagEndOfView, 0}
		}
		v := o.value.bytes()
		if q.version == snmpV1 && v[0] == tagCounter64 { // v1 has no such type: skip (RFC 3584)
			name = o.name
			continue
		}
		return o.name, v
	}
}

// bulk answers GETBULK, cut to what fits into one reply.
func (a *agent) bulk(q request) []byte {
	single := int(min(max(q.first, 0), int64(len(q.names))))
	repetitions := int(min(max(q.second, 0), maxRepetitions))
	var binds []byte
	add := func(name oid, v []byte) bool {
		bind := tlv(tagSequence, berOID(name), v)
		if len(binds)+len(bind) > maxReply {
			return false
		}
		binds = append(binds, bind...)
		return true
	}
	for _, name := range q.names[:single] {
		if !add(a.next(q, name)) {
			return q.reply(0, 0, binds)
		}
	}
	walking := append([]oid(nil), q.names[single:]...)
	for range repetitions {
		ended := 0
		for i, name := range walking {
			found, v := a.next(q, name)
			if v[0] == tagEndOfView {
				ended++
			}
			if !add(found, v) {
				return q.reply(0, 0, binds)
			}
			walking[i] = found
		}
		if ended == len(walking) {
			break
		}
	}
	return q.reply(0, 0, binds)
}

// reply makes the response message.
func (q request) reply(status, index int64, binds []byte) []byte {
	return tlv(tagSequence,
		berInt(tagInteger, int64(q.version)),
		tlv(tagOctets, []byte(q.community)),
		tlv(tagResponse,
			berInt(tagInteger, q.id), berInt(tagInteger, status), berInt(tagInteger, index),
			tlv(tagSequence, binds)))
}

// fail makes a response with an error: the names come back with empty values.
func (q request) fail(status, index int64) []byte {
	var binds []byte
	for _, name := range q.names {
		binds = append(binds, tlv(tagSequence, berOID(name), []byte{tagNull, 0})...)
	}
	return q.reply(status, index, binds)
}
