// Package warranty asks manufacturers what the machines they made are entitled
// to, with the provider's own keys: one file a maker. It knows when a machine is
// worth asking about again, asks in batches, slowly, and hands on what it is
// told; where that is kept is somebody else's business.
package warranty
