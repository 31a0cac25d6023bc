package exchange

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"parc/inventory"
)

// An archive is a client whole, in open formats: a JSON Lines file for each table,
// the contents of attachments under their digests, a list of assets for people, and
// a manifest that comes last and says what each file must be. It is a folder or a
// zip file; both hold the same.
const (
	archiveFormat = 2 // 1 had no attachments
	manifestName  = "manifest.json"
	assetsName    = "assets.csv"
	readmeName    = "README.txt"
	rowsSuffix    = ".jsonl"
	documents     = "documents/"

	// KeysFile is the file of an archive that holds the keys of licences, locked.
	KeysFile = "licence_keys.jsonl.enc"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format   int               `json:"format"`
	Parc     string            `json:"parc"` // the program that wrote it
	At       time.Time         `json:"at"`
	ClientID string            `json:"client_id"`
	Client   string            `json:"client"`
	Files    []ArchiveFile     `json:"files"`
	LeftOut  map[string]string `json:"left_out"`
}

// ArchiveFile is one file of an archive.
type ArchiveFile struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"` // format 1 did not tell
	SHA256 string `json:"sha256"`
}

// Rows counts the rows of all files.
func (m Manifest) Rows() (n int) {
	for _, f := range m.Files {
		n += f.Rows
	}
	return n
}

// HasKeys tells that the archive holds keys of licences.
func (m Manifest) HasKeys() bool {
	return slices.ContainsFunc(m.Files, func(f ArchiveFile) bool { return f.Name == KeysFile })
}

var isDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkFiles refuses files that no archive has: no name of an archive's own is
// ever used for anything.
func (m Manifest) checkFiles(tables []string) error {
	named := map[string]bool{}
	for _, f := range m.Files {
		table, isTable := strings.CutSuffix(f.Name, rowsSuffix)
		digest, isDocument := strings.CutPrefix(f.Name, documents)
		switch {
		case isTable && slices.Contains(tables, table), f.Name == assetsName, f.Name == readmeName, f.Name == KeysFile:
		case isDocument && isDigest.MatchString(digest):
			if f.SHA256 != digest {
				return inventory.Errorf(inventory.Invalid, "%s has another SHA-256 in the manifest than in its name", f.Name)
			}
		default:
			return inventory.Errorf(inventory.Invalid, "the manifest names %q, which this parc does not know: a newer parc wrote it, or nobody did", inventory.CleanTo(f.Name, 80))
		}
		switch {
		case named[f.Name]:
			return inventory.Errorf(inventory.Invalid, "the manifest names %s twice", f.Name)
		case f.Rows < 0 || f.Bytes < 0:
			return inventory.Errorf(inventory.Invalid, "the manifest says nonsense of %s", f.Name)
		}
		named[f.Name] = true
	}
	return nil
}

func readManifest(text []byte) (Manifest, error) {
	var format struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &format); err != nil || format.Format < 1 {
		return Manifest{}, inventory.Errorf(inventory.Invalid, "%s is no manifest of an export", manifestName)
	}
	if format.Format > archiveFormat {
		return Manifest{}, inventory.Errorf(inventory.Invalid, "it is in format %d, this parc reads %d: a newer parc wrote it", format.Format, archiveFormat)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return m, inventory.Errorf(inventory.Invalid, "%s is no manifest of an export", manifestName)
	}
	return m, nil
}

const archiveReadme = `Ce dossier contient tout ce que parc sait d'un client, en formats ouverts :
un fichier JSON Lines par sorte d'objet (une ligne, un objet), les pièces jointes
sous documents/ (le nom de chaque fichier est son empreinte SHA-256 ;
attachments.jsonl dit leur nom et à quoi elles tiennent), la liste des équipements
en assets.csv, et manifest.json : version du format, nombre de lignes, taille et
empreinte SHA-256 de chaque fichier. Les secrets de connexion n'y sont pas.
Les clés de licence n'y sont que sur demande (--with-keys), dans
licence_keys.jsonl.enc, chiffré par une phrase secrète. Pour l'ouvrir sans parc :
openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in licence_keys.jsonl.enc -pass file:FICHIER
Retour dans un parc : parc import DOSSIER (ou le fichier ZIP)

This folder holds all that parc knows of one client, in open formats: a JSON
Lines file for each kind of thing (one line, one thing), attached files under
documents/ (the name of each is its SHA-256; attachments.jsonl tells their names
and what they hang on), the list of assets as assets.csv, and manifest.json: the
format's version, the number of lines, the size and the SHA-256 of each file.
Sign-in secrets are not in it. Licence keys are in it only on demand
(--with-keys), in licence_keys.jsonl.enc, encrypted with a passphrase.
To open it without parc:
openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in licence_keys.jsonl.enc -pass file:FILE
Back into a parc: parc import FOLDER (or the ZIP file)
`
