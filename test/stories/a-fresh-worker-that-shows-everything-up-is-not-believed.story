# a start right after HAProxy's own, nobody connected: no worker is old enough to be believed, main is the target all the same
t=0 ha1 restart ha2 restart
> t=0         ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E90 main
> t=1..39     ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=40
> t=40        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
