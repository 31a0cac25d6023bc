package queue

import (
	"os"
	"testing"

	"parc/inventory/store/storetest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(crashDSN); dsn != "" {
		crashServer(dsn) // this process is the server that a test kills
	}
	storetest.Main(m)
}
