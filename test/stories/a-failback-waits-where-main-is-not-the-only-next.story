# at one proxy new connections may also go to an active third server: the failback waits at both
with failback.after=20s producers=main,backup
servers main third backup:backup
t=0 ha1 main:DOWN third:MAINT backup=4 ha2 main:DOWN backup=4 third:MAINT
> t=0         ha1 main:DOWN=0 third:MAINT=0 backup=4   ha2 main:DOWN=0 third:MAINT=0 backup=4   R90 failed-over  E70 backup
> t=1..4      ha1 main:DOWN=0 third:MAINT=0 backup=4   ha2 main:DOWN=0 third:MAINT=0 backup=4   R90 failed-over  E60 backup
t=5 ha2 third:UP
> t=5..9      ha1 main:DOWN=0 third:MAINT=0 backup=4   ha2 main:DOWN=0 third=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 third:MAINT=0 backup=4   ha2 main=0 third=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 third:MAINT=0 backup=4   ha2 main=0 third=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2, not-steerable ha2
> t=31..39    ha1 main=0 third:MAINT=0 backup=4   ha2 main=0 third=0 backup=4   R50 sticky  E60 main  held: not-steerable ha2
t=40 ha2 third:MAINT
> t=40        ha1 main=0 third:MAINT=0 backup=4   ha2 main=0 third:MAINT=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=41        ha1 main=0 third:MAINT=0 backup=0   ha2 main=0 third:MAINT=0 backup=0   R60 idle  E60 main
t=42
> t=42        ha1 main=0 third:MAINT=0 backup=0   ha2 main=0 third:MAINT=0 backup=0   R60 idle  E60 main
