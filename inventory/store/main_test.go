package store_test

import (
	"testing"

	"parc/inventory/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
