# main is down but its sessions hang on, since HAProxy does not close them: they are closed, backup takes the new ones
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN ha2 main:DOWN
> t=10        ha1 main:DOWN=4 backup=0   ha2 main:DOWN=4 backup=0   R50 sticky  E20 backup  held: unconfirmed ha1, unconfirmed ha2
> t=11        ha1 main:DOWN=4 backup=0   ha2 main:DOWN=4 backup=0   R50 sticky  E60 backup  close ha1/main  close ha2/main
> t=12..14    ha1 main:DOWN=0 backup=0   ha2 main:DOWN=0 backup=0   R60 idle  E60 backup
t=15 ha1 backup=4 ha2 backup=4
> t=15        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=16
> t=16        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
