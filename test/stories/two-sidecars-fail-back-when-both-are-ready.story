# a failback waits until the other sidecar wants it and is ready, and the two move within one tick
with drive=ha1 failback.after=20s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 pin=backup peer=backup
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 pin=backup peer=backup   R90 failed-over  E62 backup  pin ha1/backup
> t=1..9      ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup peer=backup   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP pin=backup
> t=10..18    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=19 ha2 pin=backup
> t=19..27    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=28 ha2 pin=backup
> t=28..29    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup   R50 sticky  E40 main  held: peer-disagrees, unconfirmed ha1, not-driver ha2, unconfirmed ha2
> t=31..32    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup   R50 sticky  E60 main  held: peer-disagrees, not-driver ha2
t=33 ha2 peer=backup>main:unready
> t=33..34    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup>main:unready   R50 sticky  E60 main  held: peer-disagrees, not-driver ha2
t=35 ha2 peer=backup>main pin=backup
> t=35        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup peer=backup>main   R50 sticky  E60 main  held: not-driver ha2  release ha1  close ha1/backup
t=36 ha2 backup=0 pin=0 peer=main
> t=36..37    ha1 main=0 backup=0   ha2 main=0 backup=0 peer=main   R60 idle  E60 main
t=38
> t=38        ha1 main=0 backup=0   ha2 main=0 backup=0 peer=main   R60 idle  E60 main
