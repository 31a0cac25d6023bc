package store_test

import (
	"os"
	"testing"

	"parc/inventory/store/storetest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(writerDSN); dsn != "" {
		writeUntilKilled(dsn) // this process is the one that a test kills
	}
	storetest.Main(m)
}
