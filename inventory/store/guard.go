package store

import (
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"parc/inventory"
)

// The settings by which a statement tells the guard what it may touch.
const (
	scopeKey  = "parc:scope"   // the inventory.Scope of the caller
	byHandKey = "parc:by-hand" // SQL written by hand, which names its client itself
)

// errUnscoped is a mistake of ours: a statement came without a scope. Better no
// answer than somebody else's.
var errUnscoped = errors.New("statement without a scope")

// shared names the tables that belong to no client.
var shared = map[string]bool{"users": true, "sessions": true, "settings": true, "catalogue": true, "maker_keys": true, "calendars": true}

// providers names the tables whose rows without a client are the provider's own:
// only who sees every client writes them.
var providers = map[string]bool{"policies": true, "prices": true}

// registerGuard puts the guard before every statement that gorm runs.
func registerGuard(db *gorm.DB) error {
	callbacks := db.Callback()
	return errors.Join(
		callbacks.Query().Before("gorm:query").Register("parc:guard", restrict),
		callbacks.Row().Before("gorm:row").Register("parc:guard", restrict),
		callbacks.Update().Before("gorm:update").Register("parc:guard", restrictUpdate),
		callbacks.Delete().Before("gorm:delete").Register("parc:guard", restrict),
		callbacks.Create().Before("gorm:create").Register("parc:guard", admit),
		callbacks.Raw().Before("gorm:raw").Register("parc:guard", restrict),
	)
}

// restrict narrows a statement to the clients in scope.
func restrict(db *gorm.DB) {
	if db.Error != nil {
		return
	}
	stmt := db.Statement
	if stmt.SQL.Len() > 0 || stmt.Schema == nil { // written by hand, or a table without a noun
		if _, ok := stmt.Settings.Load(byHandKey); !ok {
			_ = db.AddError(errUnscoped)
		}
		return
	}
	column, owned := ownerColumn(stmt.Schema)
	if !owned {
		return
	}
	scope, ok := scopeOf(stmt)
	if !ok {
		_ = db.AddError(errUnscoped)
		return
	}
	if scope.All() {
		return
	}
	// Conditions that stand side by side, one of them joined by Or, would let the
	// rows of the Or past the guard: they go into one pair of brackets first.
	if c, ok := stmt.Clauses["WHERE"]; ok {
		if where, ok := c.Expression.(clause.Where); ok && len(where.Exprs) > 0 {
			where.Exprs = []clause.Expression{clause.And(where.Exprs...)}
			c.Expression = where
			stmt.Clauses["WHERE"] = c
		}
	}
	ids := scope.Clients()
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	stmt.AddClause(clause.Where{Exprs: []clause.Expression{
		clause.IN{Column: clause.Column{Table: clause.CurrentTable, Name: column}, Values: values},
	}})
}

// restrictUpdate is restrict, and keeps rows with their client.
func restrictUpdate(db *gorm.DB) {
	restrict(db)
	if set, ok := db.Statement.Dest.(map[string]any); ok && db.Error == nil {
		if _, moves := set["client_id"]; moves {
			_ = db.AddError(errors.New("an update may not give a row to another client"))
		}
		for name, value := range set {
			set[name] = tidy(value)
		}
	}
	if row := reflect.Indirect(reflect.ValueOf(db.Statement.Dest)); db.Error == nil && db.Statement.Schema != nil && row.CanSet() && row.Type() == db.Statement.Schema.ModelType {
		tidyRow(db.Statement, row)
	}
}

// admit lets new rows pass whose client is in scope.
func admit(db *gorm.DB) {
	if db.Error != nil {
		return
	}
	stmt := db.Statement
	if stmt.Schema == nil {
		_ = db.AddError(errUnscoped)
		return
	}
	if c, ok := stmt.Clauses["ON CONFLICT"]; ok {
		if on, ok := c.Expression.(clause.OnConflict); ok && on.UpdateAll {
			_ = db.AddError(errors.New("an upsert of all columns could take another client's row"))
			return
		}
	}
	column, owned := ownerColumn(stmt.Schema)
	var scope inventory.Scope
	if owned {
		var ok bool
		if scope, ok = scopeOf(stmt); !ok {
			_ = db.AddError(errUnscoped)
			return
		}
	}
	each(stmt.ReflectValue, func(row reflect.Value) {
		tidyRow(stmt, row)
		if !owned {
			return
		}
		id, _ := stmt.Schema.FieldsByDBName[column].ValueOf(stmt.Context, row)
		client := fmt.Sprint(id)
		if column == "id" && !scope.All() { // a new client is in nobody's list yet
			_ = db.AddError(inventory.Errorf(inventory.Forbidden, "only who sees every client may add one"))
		} else if own := client == "" && providers[stmt.Table]; own && !scope.All() {
			_ = db.AddError(inventory.Errorf(inventory.Forbidden, "only who sees every client may change what is the provider's"))
		} else if !own && !scope.Sees(client) {
			_ = db.AddError(noSuch("client", client))
		}
	})
}

func scopeOf(stmt *gorm.Statement) (inventory.Scope, bool) {
	v, ok := stmt.Settings.Load(scopeKey)
	if !ok {
		return inventory.Scope{}, false
	}
	scope, ok := v.(inventory.Scope)
	return scope, ok
}

// ownerColumn gives the column that holds the client of a table's rows.
func ownerColumn(s *schema.Schema) (column string, owned bool) {
	switch {
	case shared[s.Table]:
		return "", false
	case s.Table == "clients":
		return "id", true
	default:
		return "client_id", true
	}
}

// each visits the rows that a statement is about to write.
func each(v reflect.Value, visit func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			visit(reflect.Indirect(v.Index(i)))
		}
	case reflect.Struct:
		visit(v)
	}
}
