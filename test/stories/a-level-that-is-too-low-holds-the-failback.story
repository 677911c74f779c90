# one of two sockets may not close sessions: a failback that would split them is not begun
with failback.after=20s
t=0 ha1 main:DOWN backup=4 ha2 level=operator main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 level=operator   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 level=operator   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4   ha2 main=0 backup=4 level=operator   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4   ha2 main=0 backup=4 level=operator   R50 sticky  E40 main  held: unconfirmed ha1, level-too-low ha2
> t=31..39    ha1 main=0 backup=4   ha2 main=0 backup=4 level=operator   R50 sticky  E60 main  held: level-too-low ha2
t=40 ha2 level=admin
> t=40        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha2
> t=41        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=42..44    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=45
> t=45        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
