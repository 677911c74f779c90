# main fails at both proxies: the target follows HAProxy to backup at once, no session to backup is touched
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:UP_1/2 ha2 main:UP_1/2
> t=10..11    ha1 main:UP_1/2=4 backup=0   ha2 main:UP_1/2=4 backup=0   R70 converged  E60 main
t=12 ha1 main:DOWN=0 ha2 main:DOWN=0
> t=12        ha1 main:DOWN=0 backup=0   ha2 main:DOWN=0 backup=0   R60 idle  E20 backup
t=13 ha1 backup=4 ha2 backup=4
> t=13..59    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=60
> t=60        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
