# the last session through ha2 ended ten minutes ago: from then on it has no say
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 backup=0
> t=10..612   ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R80 holding (wait)  E60 backup  held: failback-wait
> t=613       ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R40 views-differ  E40 main  held: unconfirmed ha1
> t=614       ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R40 views-differ  E30 main  close ha1/backup
t=615
> t=615       ha1 main=0 backup=0   ha2 main:DOWN=0 backup=0   R40 views-differ  E30 main
