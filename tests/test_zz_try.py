import time
from tests.killing import *
from tests.killed_jobs import command
def test_x(tmp_path):
    t=time.perf_counter()
    for i in range(4):
        f=tmp_path/f"a{i}"; f.mkdir()
        c=Child(f, command, (f, ("init","--regency","35.22")))
        print(c.run(), time.perf_counter()-t)
    print(c.said); print(len(c.steps)); print("\n".join(c.steps))
    for k in (1,5,60):
        f=tmp_path/f"b{k}"; f.mkdir()
        c=Child(f, command, (f, ("init","--regency","35.22")), die_before=k)
        print(c.run(), c.steps[-1],time.perf_counter()-t)
    f=tmp_path/f"c"; f.mkdir()
    c=Child(f, command, (f, ("--help",)))
    print(c.run(),time.perf_counter()-t)
    c=Child(f, command, (f, ("--help",)))
    print(c.run(),time.perf_counter()-t)
