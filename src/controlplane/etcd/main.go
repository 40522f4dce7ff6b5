// Command etcd is etcd's own server under the file name that envtest layouts use: the upstream module
// has no main package that installs as "etcd".
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
