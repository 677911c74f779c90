# nobody is connected through ha2, which cannot reach main: the failback goes by ha1 alone
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=0   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=0   R90 failed-over  E60 backup
t=10 ha1 main:UP
> t=10..69    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R80 holding (wait)  E60 backup  held: failback-wait
> t=70        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R40 views-differ  E40 main  held: unconfirmed ha1
> t=71        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R40 views-differ  E30 main  close ha1/backup
> t=72..74    ha1 main=0 backup=0   ha2 main:DOWN=0 backup=0   R40 views-differ  E30 main
t=75 ha1 main=4
> t=75..79    ha1 main=4 backup=0   ha2 main:DOWN=0 backup=0   R40 views-differ  E30 main
t=80 ha2 main:UP
> t=80        ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=81
> t=81        ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
