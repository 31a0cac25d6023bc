package lab

// msrpc is the endpoint mapper's port: what is no DCE RPC is answered with a
// fault that only Windows sends (C706, section 12.6.4.7: nca_s_proto_error).
func msrpc(number uint16) service {
	return service{number, func(c *conversation) {
		buffer := make([]byte, 512)
		n, err := c.Read(buffer)
		if err != nil || n < 4 {
			return
		}
		c.send([]byte{5, 0, 0x0d, 3, 0x10, 0, 0, 0, 0x18, 0, 0, 0, 0, 8, 1, 0x40, 4, 0, 1, 5, 0, 0, 0, 0})
	}}
}
