# both proxies restart and then main fails: backup is the target though no worker is old enough to be believed
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 restart ha2 restart
> t=10..14    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=15 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=15        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=16..44    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=45
> t=45        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
