# main has no health check: whether it is up is not known, so it is never chosen
t=0 ha1 main:no_check=4 ha2 main:no_check=4
> t=0         ha1 main:no_check=4 backup=0   ha2 main:no_check=4 backup=0   R50 sticky  E20 backup  held: unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=1..4      ha1 main:no_check=4 backup=0   ha2 main:no_check=4 backup=0   R50 sticky  E60 backup  held: not-steerable ha1, not-steerable ha2
t=5 ha1 main=0 backup=4 ha2 main=0 backup=4
> t=5         ha1 main:no_check=0 backup=4   ha2 main:no_check=0 backup=4   R90 failed-over  E60 backup
t=6
> t=6         ha1 main:no_check=0 backup=4   ha2 main:no_check=0 backup=4   R90 failed-over  E60 backup
