module parc

go 1.26
