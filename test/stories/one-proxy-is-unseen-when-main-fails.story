# one proxy is unseen when main fails: the failover goes by the other, and is right when sight returns
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha2 unseen
> t=10..14    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=15 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=15        ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E20 backup
> t=16..24    ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E60 backup
t=25 ha2 seen
> t=25        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=26
> t=26        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
