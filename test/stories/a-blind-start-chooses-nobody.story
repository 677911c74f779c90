# a supervisor that starts blind chooses nobody, and chooses by what it sees first
t=0 ha1 unseen main:DOWN backup=4 ha2 unseen main:DOWN backup=4
> t=0..4      ha1 unseen   ha2 unseen   R10 blind  E99 nobody  held: blind ha1, blind ha2
t=5 ha1 seen
> t=5         ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E70 backup
> t=6..9      ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E60 backup
t=10 ha2 seen
> t=10        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=11
> t=11        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
