# HAProxy restarts while main is dead: its fresh worker shows main UP for a while and is not believed
with failback.after=0s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 restart main:UP ha2 restart main:UP
> t=10..11    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 backup  held: failback-wait
t=12 ha1 backup=2 ha2 backup=2
> t=12..29    ha1 main=0 backup=2   ha2 main=0 backup=2   R80 holding (wait)  E60 backup  held: failback-wait
t=30 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=30        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=31
> t=31        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
