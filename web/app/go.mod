// Keeps the Go files that some npm packages carry out of ./... of this project.
module parc-web

go 1.26
