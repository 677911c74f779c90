# producers=backup,main: the operator prefers the server that HAProxy takes for the backup; without pins it cannot be steered to
with producers=backup,main
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R80 holding (wait)  E70 main  held: failback-wait
> t=1..2      ha1 main=4 backup=0   ha2 main=4 backup=0   R80 holding (wait)  E60 main  held: failback-wait
> t=3         ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E40 backup  held: unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=4         ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: not-steerable ha1, not-steerable ha2
t=5
> t=5         ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: not-steerable ha1, not-steerable ha2
